-- A car, what may be done to it by hand, and its photos.

-- Whether an order sold this sold car, rather than a manager's hand: one was completed after it last was anything else.
create function public.cars_sold_by_order(number bigint) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $$
    select exists (
        select from public.orders
        where car_id = number and status = 'completed' and completed_at >= coalesce((
            select at from public.audit_log
            where table_name = 'cars' and row_id = number and after ->> 'status' <> 'sold'
            order by id desc limit 1), '-infinity')
    )
$$;

-- Which time the car stood here at that moment.
create function public.cars_stay_at(number bigint, moment timestamptz) returns integer
language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $$
    select coalesce((
        select (before ->> 'stay')::integer from public.audit_log
        where table_name = 'cars' and row_id = number and before ? 'stay' and at > moment
        order by id limit 1), stay)
    from public.cars where id = number
$$;

create function public.cars_before_write() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    ordered boolean := false;
begin
    new.vin := upper(clean(new.vin));
    new.make := clean(new.make);
    new.model := clean(new.model);
    new.color := nullif(clean(new.color), '');
    new.description := nullif(clean(new.description), '');
    new.stock_number := nullif(clean(new.stock_number), '');
    new.location := nullif(clean(new.location), '');
    new.title_number := nullif(clean(new.title_number), '');
    new.registration_number := nullif(clean(new.registration_number), '');
    new.hold_note := nullif(clean(new.hold_note), '');

    -- The calendar is asked only where the year is near its end: an import of 100,000 cars feels it.
    if new.year > extract(year from now()) and new.year > extract(year from dealer_today()) + 1 then
        perform refuse('cars_year_range', 'The year is from 1886 to next year.');
    end if;

    if tg_op = 'UPDATE' then
        new.updated_at := now();
        new.stay := old.stay;
        new.came_in := old.came_in;
        if (new.status, new.hold_note, new.held_until) is not distinct from (old.status, old.hold_note, old.held_until)
        then
            return new;
        end if;
        -- Freeing or selling a held car ends the hold.
        if new.status <> 'reserved' and (new.hold_note, new.held_until)
            is not distinct from (old.hold_note, old.held_until)
        then
            new.hold_note := null;
            new.held_until := null;
        end if;
        if old.status = 'sold' and new.status <> 'sold' and (
            new.arrived_on <> old.arrived_on or cars_sold_by_order(old.id)
        ) then
            new.stay := old.stay + 1;
            new.came_in := pg_current_xact_id()::text::bigint;
        end if;
        ordered := exists (
            select from orders
            where car_id = new.id and status in ('pending', 'paid', 'processing', 'in_delivery')
        );
    end if;

    if ordered and new.status <> 'reserved' then
        perform refuse('cars_reserved_by_order', 'An active order has this car, so it stays reserved.');
    elsif ordered and new.hold_note is not null then
        perform refuse('cars_held_without_order', 'An active order has this car, so it cannot be held.');
    elsif new.status = 'reserved' and not ordered and new.hold_note is null then
        perform refuse('cars_held_for_whom', 'A held car says for whom it is held.');
    end if;
    return new;
end
$$;

-- A photo without a position comes last.
create function public.car_photos_before_insert() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
    if new.position is null then
        perform from cars where id = new.car_id for no key update;
        new.position := coalesce((select max(position) from car_photos where car_id = new.car_id), 0) + 1;
    end if;
    return new;
end
$$;

create trigger cars_before_write before insert or update on public.cars
    for each row execute function public.cars_before_write();
create trigger car_photos_before_insert before insert on public.car_photos
    for each row execute function public.car_photos_before_insert();
