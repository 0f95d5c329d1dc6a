-- What a car cost. While it stands here, a cost belongs to the car's stay; the sale that ends the stay bears them all.
-- No sentence says a sum: whoever may not read costs may meet these rules.

create function public.car_costs_before_insert() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    its_order orders;
    car record;
begin
    new.note := nullif(clean(new.note), '');
    perform require_manager('car_costs_by_manager', 'Only a manager enters costs.');
    if new.car_id is null then
        return new;  -- the column says so itself
    end if;
    if new.order_id is not null then
        select * into its_order from orders where id = new.order_id for no key update;
        if not found then
            perform refuse_reference('fk_car_costs_order_id', 'There is no such order.');
        elsif its_order.car_id <> new.car_id then
            perform refuse('car_costs_order_of_car', 'A cost is borne by a sale of its own car.');
        elsif its_order.status <> 'completed' then
            perform refuse('car_costs_order_completed',
                'The order is not completed. Enter the cost without it: the sale will bear it.');
        end if;
    end if;
    if new.line_id is not null and not exists (
        select from order_lines join orders on orders.id = order_lines.order_id
        where order_lines.id = new.line_id and orders.car_id = new.car_id
    ) then
        perform refuse('car_costs_line_of_car', 'The line that a cost was spent on is one of an order of its car.');
    end if;
    select status into car from cars where id = new.car_id for no key update;
    if not found then
        perform refuse_reference('fk_car_costs_car_id', 'There is no such car.');
    elsif car.status = 'sold' and new.order_id is null then
        perform refuse('car_costs_sold_names_order', 'The car is sold: a cost that comes later names its order.');
    end if;
    new.stay := cars_stay_at(new.car_id, coalesce(its_order.completed_at, 'infinity'));
    return new;
end
$$;

create function public.car_costs_before_update() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
    new.note := nullif(clean(new.note), '');
    if (new.car_id, new.stay, new.line_id) is distinct from (old.car_id, old.stay, old.line_id) then
        perform refuse('car_costs_keep_car', 'A cost stays with its car, and with the time that this stood here.');
    end if;
    if new.order_id is distinct from old.order_id and (old.order_id is not null or not exists (
        select from orders where id = new.order_id and car_id = new.car_id and status = 'completed'
    )) then
        perform refuse('car_costs_keep_order', 'A cost comes to a sale when that is completed, and stays there.');
    end if;
    if (new.kind, new.amount, new.incurred_on, new.note)
        is distinct from (old.kind, old.amount, old.incurred_on, old.note)
    then
        perform require_manager('car_costs_by_manager', 'Only a manager enters costs.');
    end if;
    return new;
end
$$;

-- What the car cost this time, for lists. It works as who asks: nothing for who may not read costs.
create function public.cars_cost(number bigint, this_stay integer) returns numeric
language plpgsql stable
as $$
begin
    if not pg_catalog.has_table_privilege('public.car_costs', 'SELECT') then
        return null;
    end if;
    return (select coalesce(sum(amount), 0) from public.car_costs where car_id = number and stay = this_stay);
end
$$;

-- The car's row is written too: a sale that is completed meanwhile, with an old snapshot, then fails rather than leave
-- the cost to nobody.
create function public.car_costs_moves_insert() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
    update cars set updated_at = now() where id in (select car_id from new_rows where order_id is null);
    return null;
end
$$;

-- A completed order bears what its car's stay cost. Fires after orders_moves_update, which has written the car.
create function public.orders_take_costs() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    completed bigint[];
    broken text;
begin
    select array_agg(n.id) into completed
    from new_rows n join old_rows o on o.id = n.id
    where n.status = 'completed' and o.status <> 'completed';
    if completed is null then
        return null;
    end if;
    begin
        update car_costs set order_id = orders.id
        from orders join cars on cars.id = orders.car_id
        where orders.id = any (completed) and car_costs.car_id = cars.id and car_costs.stay = cars.stay
            and car_costs.order_id is null;
    exception when integrity_constraint_violation then
        -- A salesperson completes orders too, and PostgreSQL's own words show the row that breaks a constraint.
        get stacked diagnostics broken = constraint_name;
        raise exception using errcode = sqlstate, constraint = broken,
            message = 'A cost of this car cannot go to the sale.';
    end;
    return null;
end
$$;

create trigger car_costs_before_insert before insert on public.car_costs
    for each row execute function public.car_costs_before_insert();
create trigger car_costs_before_update before update on public.car_costs
    for each row execute function public.car_costs_before_update();
create trigger car_costs_moves_insert after insert on public.car_costs
    referencing new table as new_rows
    for each statement execute function public.car_costs_moves_insert();
create trigger orders_take_costs after update on public.orders
    referencing old table as old_rows new table as new_rows
    for each statement execute function public.orders_take_costs();
create trigger car_costs_never_truncated before truncate on public.car_costs
    for each statement execute function public.never_truncated('car_costs_never_truncated');
create trigger car_costs_keep_id before update of id on public.car_costs
    for each row execute function public.keep_id('car_costs_keep_id');
create trigger car_costs_not_in_future before insert or update of created_at, incurred_on on public.car_costs
    for each row when (greatest(new.created_at, new.incurred_on::timestamptz)
        between now() + interval '1 day' and '9998-12-31')
    execute function public.not_in_future('car_costs_not_in_future');
