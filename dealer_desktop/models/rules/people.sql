-- The dealer's row and the users.

create function public.dealer_before_write() returns trigger
language plpgsql
as $$
begin
    -- Exactly a name of the list: PostgreSQL would take any abbreviation, the programs would not.
    if not exists (select from pg_catalog.pg_timezone_names where name = new.timezone) then
        perform public.refuse('dealer_timezone_known', format('The server knows no time zone %s.', new.timezone));
    end if;
    return new;
end
$$;

create function public.users_before_write() returns trigger
language plpgsql
as $$
begin
    new.phone := nullif(public.clean(new.phone), '');
    new.email := public.clean(new.email);
    if new.email = '' and new.phone is not null then
        new.email := null;
    end if;
    new.full_name := public.clean(new.full_name);
    if tg_op = 'UPDATE' then
        new.updated_at := now();
        if (new.role = 'customer') <> (old.role = 'customer') then
            perform public.refuse('users_keep_kind', 'A customer never becomes staff, nor staff a customer.');
        end if;
        if new.merged_into is distinct from old.merged_into then
            perform public.users_check_merge(old, new);
            new.is_active := false;
        end if;
    elsif new.merged_into is not null then
        perform public.refuse('users_merge_two_customers', 'An account is made first, and merged later.');
    end if;
    -- The functions for staff work as the tables' owner, and make the login with the row.
    if new.role <> 'customer' and to_regrole('dealer_sales') is not null and current_user <> (
        select pg_get_userbyid(relowner) from pg_catalog.pg_class where oid = tg_relid
    ) then
        if tg_op = 'INSERT' or (new.role, new.is_active, new.email) is distinct from (old.role, old.is_active, old.email)
        then
            perform public.refuse('users_staff_by_function', 'Staff are made and changed by the staff functions alone.');
        end if;
        perform public.require_admin('users_staff_by_admin', 'Only an admin changes staff.');
    end if;
    return new;
end
$$;

create function public.customer_details_before_write() returns trigger
language plpgsql
as $$
begin
    new.address := nullif(public.clean(new.address), '');
    new.tax_id := nullif(public.clean(new.tax_id), '');
    new.document := nullif(public.clean(new.document), '');
    new.signed_by := nullif(public.clean(new.signed_by), '');
    new.signed_on_basis := nullif(public.clean(new.signed_on_basis), '');
    if tg_op = 'UPDATE' and new.user_id <> old.user_id then
        perform public.refuse('customer_details_keep_customer', 'Details stay with their customer.');
    end if;
    if not exists (select from public.users where id = new.user_id and role = 'customer') then
        perform public.refuse('customer_details_of_customer', 'Details are a customer''s.');
    end if;
    return new;
end
$$;

create trigger customer_details_before_write before insert or update on public.customer_details
    for each row execute function public.customer_details_before_write();
create trigger dealer_before_write before insert or update on public.dealer
    for each row execute function public.dealer_before_write();
create trigger users_before_write before insert or update on public.users
    for each row execute function public.users_before_write();
