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
    new.email := public.clean(new.email);
    new.full_name := public.clean(new.full_name);
    new.phone := nullif(public.clean(new.phone), '');
    if tg_op = 'UPDATE' then
        new.updated_at := now();
    end if;
    return new;
end
$$;

create trigger dealer_before_write before insert or update on public.dealer
    for each row execute function public.dealer_before_write();
create trigger users_before_write before insert or update on public.users
    for each row execute function public.users_before_write();
