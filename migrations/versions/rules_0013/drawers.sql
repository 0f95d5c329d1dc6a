-- Cash drawers: where the dealer uses them, every paid payment in cash belongs to an open one.
-- Whatever is counted at closing writes the drawer's row, in the statement's last AFTER trigger: closing waits for cash
-- that is just being saved, and nobody counts with an old snapshot.

-- The drawer that cash goes to where none is named: the only open one of the person, else the only open one at all.
create function public.drawers_for(person bigint) returns bigint
language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $$
    select case when count(*) filter (where opened_by = person) = 1 then min(id) filter (where opened_by = person)
        when count(*) = 1 then min(id) end
    from public.drawers where closed_at is null
$$;

-- Named to run after payments_before_insert, which gives a payment its method.
create function public.payments_choose_drawer() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
    if not coalesce((select uses_drawers from dealer where id = 1), false) then
        if new.drawer_id is not null then
            perform refuse('payments_drawer_where_used', 'The dealership uses no cash drawers.');
        end if;
        return new;
    end if;
    if new.status <> 'paid' or new.method::text is distinct from 'cash' then
        return new;  -- payments_drawer_of_paid_cash says the rest
    end if;
    new.drawer_id := coalesce(new.drawer_id, drawers_for(dealer_person()));
    if new.drawer_id is null then
        perform refuse('payments_cash_needs_drawer', 'Cash goes to an open drawer: open one first, or say which.');
    end if;
    if exists (select from drawers where id = new.drawer_id and closed_at is not null) then
        perform refuse('payments_cash_needs_drawer', 'This drawer is closed; cash goes to an open one.');
    end if;
    return new;
end
$$;

create function public.drawers_write(numbers bigint[], rule text) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
    -- By ascending id, so that two who write to the same drawers do not wait for each other.
    perform from drawers where id = any (numbers) order by id for no key update;
    update drawers set note = note where id = any (numbers) and closed_at is null;
    if exists (select from drawers where id = any (numbers) and closed_at is not null) then
        perform refuse(rule, 'This drawer was closed just now; cash goes to an open one.');
    end if;
end
$$;

create function public.payments_write_drawer() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    numbers bigint[];
begin
    if tg_op = 'INSERT' then
        numbers := array(select distinct drawer_id from new_rows where drawer_id is not null);
    else
        numbers := array(
            select distinct n.drawer_id from new_rows n join old_rows o on o.id = n.id
            where n.drawer_id is not null and o.drawer_id is null
        );
    end if;
    if cardinality(numbers) > 0 then
        perform drawers_write(numbers, 'payments_cash_needs_drawer');
    end if;
    return null;
end
$$;

create function public.drawers_before_insert() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
    new.name := clean(new.name);
    new.note := nullif(clean(new.note), '');
    perform require_staff('drawers_by_staff', 'Only the dealership''s people open a cash drawer.');
    new.opened_by := dealer_person();
    if num_nonnulls(new.closed_at, new.closed_by, new.counted_amount, new.expected_amount, new.z_number) > 0 then
        perform refuse('drawers_born_open', 'A drawer is opened first, and closed later.');
    end if;
    return new;
end
$$;

create function public.drawers_before_update() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
    new.note := nullif(clean(new.note), '');
    if old.closed_at is not null then
        if new is distinct from old then
            perform refuse('drawers_closed_final', 'A closed drawer is never changed.');
        end if;
        return new;
    end if;
    if (new.name, new.opened_at, new.opened_by, new.opening_amount)
        is distinct from (old.name, old.opened_at, old.opened_by, old.opening_amount)
    then
        perform refuse('drawers_keep_opening', 'An open drawer keeps how it was opened; only its note changes.');
    end if;
    if new.counted_amount is null and new.closed_at is null then
        new.closed_by := null;
        return new;
    end if;
    if old.opened_by is distinct from dealer_person() then
        perform require_manager('drawers_close_by_manager', 'Only a manager closes another person''s drawer.');
    end if;
    new.closed_at := coalesce(new.closed_at, now());
    new.closed_by := dealer_person();
    -- The row is locked: whatever was paid into it has committed, and nothing comes any more.
    new.expected_amount := old.opening_amount
        + (select coalesce(sum(amount), 0) from payments where drawer_id = old.id)
        + (select coalesce(sum(amount), 0) from drawer_moves where drawer_id = old.id);
    new.z_number := counter_next('drawer', 0);
    return new;
end
$$;

create function public.drawer_moves_before_insert() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
    new.reason := clean(new.reason);
    perform require_staff('drawer_moves_by_staff', 'Only the dealership''s people move cash.');
    new.made_by := dealer_person();
    if exists (select from drawers where id = new.drawer_id and closed_at is not null) then
        perform refuse('drawer_moves_into_open', 'This drawer is closed; nothing is added to it.');
    end if;
    return new;
end
$$;

create function public.drawer_moves_write_drawer() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
    perform drawers_write(array(select distinct drawer_id from new_rows), 'drawer_moves_into_open');
    return null;
end
$$;

create function public.drawer_moves_before_update() returns trigger
language plpgsql
as $$
begin
    perform public.refuse('drawer_moves_final', 'Cash that was moved stays as it was written; the opposite puts it right.');
    return new;
end
$$;

create trigger payments_choose_drawer before insert on public.payments
    for each row when (new.status = 'paid' or new.drawer_id is not null)
    execute function public.payments_choose_drawer();
create trigger payments_choose_drawer_update before update on public.payments
    for each row when (old.status <> 'paid' and (new.status = 'paid' or new.drawer_id is not null))
    execute function public.payments_choose_drawer();
create trigger payments_write_drawer_insert after insert on public.payments
    referencing new table as new_rows
    for each statement execute function public.payments_write_drawer();
create trigger payments_write_drawer_update after update on public.payments
    referencing old table as old_rows new table as new_rows
    for each statement execute function public.payments_write_drawer();

create trigger drawers_before_insert before insert on public.drawers
    for each row execute function public.drawers_before_insert();
create trigger drawers_before_update before update on public.drawers
    for each row execute function public.drawers_before_update();
create trigger drawers_keep_id before update of id on public.drawers
    for each row execute function public.keep_id('drawers_keep_id');
create trigger drawers_never_deleted before delete on public.drawers
    for each row execute function public.never_removed('drawers_never_deleted');
create trigger drawers_never_truncated before truncate on public.drawers
    for each statement execute function public.never_removed('drawers_never_deleted');
create trigger drawers_not_in_future before insert or update of opened_at, closed_at on public.drawers
    for each row when (greatest(new.opened_at, new.closed_at) between now() + interval '1 day' and '9998-12-31')
    execute function public.not_in_future('drawers_not_in_future');

create trigger drawer_moves_before_insert before insert on public.drawer_moves
    for each row execute function public.drawer_moves_before_insert();
create trigger drawer_moves_before_update before update on public.drawer_moves
    for each row execute function public.drawer_moves_before_update();
create trigger drawer_moves_write_drawer after insert on public.drawer_moves
    referencing new table as new_rows
    for each statement execute function public.drawer_moves_write_drawer();
create trigger drawer_moves_never_deleted before delete on public.drawer_moves
    for each row execute function public.never_removed('drawer_moves_never_deleted');
create trigger drawer_moves_never_truncated before truncate on public.drawer_moves
    for each statement execute function public.never_removed('drawer_moves_never_deleted');
create trigger drawer_moves_not_in_future before insert or update of created_at on public.drawer_moves
    for each row when (new.created_at between now() + interval '1 day' and '9998-12-31')
    execute function public.not_in_future('drawer_moves_not_in_future');
