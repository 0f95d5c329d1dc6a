-- What follows by itself: from an order to its car, from payments and deliveries to their order.
-- A statement moves all its rows at once, and every UPDATE names the status that it starts from.

-- A new order reserves its car, which ends a hold.
create function public.orders_moves_insert() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
    update cars set status = 'reserved', hold_note = null, held_until = null
    from new_rows
    where cars.id = new_rows.car_id and cars.status in ('available', 'reserved');
    return null;
end
$$;

-- A completed order's car is sold. A canceled one's is available, its open delivery and pending payments fail.
-- A lower total may settle the order, and leave pending payments that no longer fit.
create function public.orders_moves_update() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    completed bigint[];
    canceled bigint[];
    lowered bigint[];
begin
    select
        array_agg(n.id) filter (where n.status = 'completed' and o.status <> 'completed'),
        array_agg(n.id) filter (where n.status = 'canceled' and o.status <> 'canceled'),
        -- By hand; what the lines do has settled already.
        array_agg(n.id) filter (where n.total_amount - n.lines_total < o.total_amount - o.lines_total)
    into completed, canceled, lowered
    from new_rows n join old_rows o on o.id = n.id;

    if completed is not null then
        update cars set status = 'sold'
        where id in (select car_id from orders where id = any (completed)) and status = 'reserved';
    end if;
    if canceled is not null then
        update cars set status = 'available'
        where id in (select car_id from orders where id = any (canceled)) and status = 'reserved';
        update payments set status = 'failed' where order_id = any (canceled) and status = 'pending';
        update deliveries set status = 'failed', failure_reason = orders.cancel_reason
        from orders
        where orders.id = deliveries.order_id and orders.id = any (canceled)
            and deliveries.status in ('pending', 'in_progress');
    end if;
    -- A completed order may have expected payments too, where more was expected than was due.
    if completed is not null or lowered is not null then
        perform orders_settle(completed || lowered);
    end if;
    return null;
end
$$;

-- After money came or went, or a line: the order's sums are those of its rows, it follows its balance, and pending
-- payments that no longer fit fail.
-- The order's row is written even where nothing moves, so that a writer with an old snapshot cannot overpay.
create function public.orders_settle(order_numbers bigint[]) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
    update orders set updated_at = now(), paid_total = paid, lines_total = lines, total_amount = total, status = case
            when status = 'pending' and total <= paid then 'paid'
            when status = 'paid' and total > paid then 'pending'
            when status = 'in_delivery' and total <= paid and newest_delivery = 'delivered' then 'completed'
            else status
        end
    from (
        select id as number, paid, lines, total_amount - lines_total + lines as total,
            deliveries_stage(id) as newest_delivery
        from orders, paid_so_far(id) as paid, lines_so_far(id) as lines
        where id = any (order_numbers)
    ) as now_so
    where id = number;

    -- Those without a due date fail first, then the latest due date, then the highest id.
    update payments set status = 'failed'
    from (
        select id, order_id, sum(amount) over (partition by order_id order by due_date nulls last, id) as up_to_here
        from payments
        where order_id = any (order_numbers) and status = 'pending'
    ) as expected, orders
    where payments.id = expected.id and payments.status = 'pending' and orders.id = expected.order_id
        and expected.up_to_here > orders.total_amount - orders.paid_total;
end
$$;

create function public.payments_moves_insert() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
    perform orders_settle(array_agg(distinct order_id)) from new_rows having count(*) > 0;
    return null;
end
$$;

create function public.payments_moves_update() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    came bigint[];
    touched bigint[];
begin
    select array_agg(distinct n.order_id) filter (where n.status = 'paid' and o.status <> 'paid'),
        array_agg(distinct n.order_id)
    into came, touched
    from new_rows n join old_rows o on o.id = n.id;
    if came is not null then
        perform orders_settle(came);
    end if;
    update orders set updated_at = now() where id = any (touched) and not id = any (coalesce(came, '{}'));
    return null;
end
$$;

-- Scheduling a delivery makes a paid order processing.
create function public.deliveries_moves_insert() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
    update orders set updated_at = now(), status = case orders.status when 'paid' then 'processing' else orders.status end
    from new_rows
    where orders.id = new_rows.order_id;
    return null;
end
$$;

-- Started: the order is in delivery. Failed: it is processing again. Delivered and settled: it is completed.
create function public.deliveries_moves_update() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
    update orders set updated_at = now(), status = case
            when not moved then orders.status
            when orders.status = 'processing' and becomes = 'in_progress' then 'in_delivery'
            when orders.status = 'in_delivery' and becomes = 'failed' then 'processing'
            when orders.status = 'in_delivery' and becomes = 'delivered'
                and orders.total_amount <= paid_so_far(orders.id) then 'completed'
            else orders.status
        end
    from (
        select distinct on (n.order_id) n.order_id, n.status as becomes, n.status <> o.status as moved
        from new_rows n join old_rows o on o.id = n.id
        order by n.order_id, moved desc
    ) as delivery
    where orders.id = delivery.order_id;
    return null;
end
$$;

create trigger orders_moves_insert after insert on public.orders
    referencing new table as new_rows
    for each statement execute function public.orders_moves_insert();
create trigger orders_moves_update after update on public.orders
    referencing old table as old_rows new table as new_rows
    for each statement execute function public.orders_moves_update();
create trigger payments_moves_insert after insert on public.payments
    referencing new table as new_rows
    for each statement execute function public.payments_moves_insert();
create trigger payments_moves_update after update on public.payments
    referencing old table as old_rows new table as new_rows
    for each statement execute function public.payments_moves_update();
create trigger deliveries_moves_insert after insert on public.deliveries
    referencing new table as new_rows
    for each statement execute function public.deliveries_moves_insert();
create trigger deliveries_moves_update after update on public.deliveries
    referencing old table as old_rows new table as new_rows
    for each statement execute function public.deliveries_moves_update();
