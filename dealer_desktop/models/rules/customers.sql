-- Two accounts of one customer become one. merged_into says which one stays; whoever writes it, the rest follows here.

-- The account that stays, for one that may have been merged; locked against being merged meanwhile.
create function public.customers_staying(account bigint) returns bigint
language sql security definer set search_path = pg_catalog, public, pg_temp
as $$
    select coalesce(merged_into, id) from public.users where id = account for share
$$;

create function public.customers_merge(gone bigint, stays bigint) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
    perform require_manager('users_merge_by_manager', 'Only a manager merges customers.');
    -- By ascending id: two who merge the same accounts both ways do not wait for each other.
    perform from users where id in (gone, stays) order by id for no key update;
    update users set merged_into = stays where id = gone;
    if not found then
        perform refuse_reference('fk_users_merged_into', 'There is no such customer.');
    end if;
end
$$;

-- Refuses what is no merging of two customers.
create function public.users_check_merge(was public.users, becomes public.users) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    stays users;
begin
    perform require_manager('users_merge_by_manager', 'Only a manager merges customers.');
    select * into stays from users where id = becomes.merged_into for no key update;
    if was.merged_into is not null and was.merged_into is distinct from becomes.merged_into and not coalesce(
        (select merged_into = becomes.merged_into from users where id = was.merged_into), false)
    then
        perform refuse('users_stay_merged', 'This account was merged before, and stays so.');
    end if;
    if stays.id is null then
        return;  -- the reference says so itself
    end if;
    if was.role <> 'customer' or stays.role <> 'customer' or stays.id = was.id then
        perform refuse('users_merge_two_customers', 'Two different customers are merged, nobody else.');
    end if;
    if stays.merged_into is not null then
        perform refuse('users_merge_no_chain', 'The account that stays is merged itself; take the one that stayed there.');
    end if;
end
$$;

-- What an account had goes to the one that stays.
create function public.users_after_merge() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    stays bigint := new.merged_into;
begin
    perform from orders where user_id = new.id order by id for no key update;
    update orders set user_id = stays where user_id = new.id;
    update reviews set user_id = stays where user_id = new.id;
    update users set merged_into = stays where merged_into = new.id;
    -- An e-mail is one account's: it goes over where the merged one can be reached without it.
    if new.email is not null and (select email is null from users where id = stays) then
        update users set email = null, phone = coalesce(phone, (select phone from users where id = stays))
        where id = new.id;
        update users set email = new.email where id = stays;
    end if;
    update users set phone = new.phone where id = stays and phone is null and new.phone is not null;
    insert into customer_details as kept
        (user_id, kind, address, tax_id, document, birth_date, signed_by, signed_on_basis)
    select stays, kind, address, tax_id, document, birth_date, signed_by, signed_on_basis
    from customer_details where user_id = new.id
    on conflict (user_id) do update set
        address = coalesce(kept.address, excluded.address),
        tax_id = coalesce(kept.tax_id, excluded.tax_id),
        document = coalesce(kept.document, excluded.document),
        birth_date = coalesce(kept.birth_date, excluded.birth_date),
        signed_by = coalesce(kept.signed_by, excluded.signed_by),
        signed_on_basis = coalesce(kept.signed_on_basis, excluded.signed_on_basis);
    return null;
end
$$;

create trigger users_after_merge after update of merged_into on public.users
    for each row when (old.merged_into is null and new.merged_into is not null)
    execute function public.users_after_merge();
