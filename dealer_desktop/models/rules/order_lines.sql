-- What an order holds besides its car: accessories, services, fees, discounts. Their sum is part of the order's total.

create function public.lines_so_far(order_number bigint) returns numeric
language sql security definer set search_path = pg_catalog, public, pg_temp
as $$
    select coalesce(sum(amount), 0) from public.order_lines where order_id = order_number
$$;

-- What the discounts take off, 0 or below.
create function public.discounts_so_far(order_number bigint) returns numeric
language sql security definer set search_path = pg_catalog, public, pg_temp
as $$
    select coalesce(sum(amount), 0) from public.order_lines where order_id = order_number and kind = 'discount'
$$;

create function public.order_lines_before_write() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    line order_lines;
    its_order orders;
    left_for_car numeric;
begin
    perform require_staff('order_lines_by_staff', 'Only the dealership''s people change what an order holds.');
    if tg_op = 'DELETE' then
        line := old;
    else
        new.title := clean(new.title);
        new.reason := nullif(clean(new.reason), '');
        line := new;
    end if;
    if tg_op = 'UPDATE' and new.order_id is distinct from old.order_id then
        perform refuse('order_lines_keep_order', 'A line keeps its order.');
    end if;
    if line.order_id is null then
        return line;  -- the column says so itself
    end if;

    select * into its_order from orders where id = line.order_id for no key update;
    if not found then
        perform refuse_reference('fk_order_lines_order_id', 'There is no such order.');
    end if;
    if its_order.status not in ('pending', 'paid') or coalesce(
        deliveries_stage(its_order.id) in ('pending', 'in_progress'), false)
    then
        perform refuse('order_lines_while_open',
            format('Lines change while the order is pending or paid and has no open delivery; it is %s.',
                its_order.status));
    end if;

    if (tg_op <> 'DELETE' and new.kind = 'discount') or (tg_op <> 'INSERT' and old.kind = 'discount') then
        left_for_car := its_order.total_amount - its_order.lines_total + discounts_so_far(its_order.id)
            - case when tg_op <> 'INSERT' and old.kind = 'discount' then old.amount else 0 end
            + case when tg_op <> 'DELETE' and new.kind = 'discount' then new.amount else 0 end;
        -- In the order's own transaction the yes to sell below the price is one to its discounts, too.
        if not (its_order.created_at = now() and approval_allows(
            'sell_below_price', its_order.car_id, null, null, left_for_car))
        then
            perform require_approval('order_lines_discount_by_manager', 'Only a manager gives a discount.',
                'lower_price', null, its_order.id, null, left_for_car);
        end if;
    end if;
    return line;
end
$$;

-- The order's sums move with its lines, and its status with its balance.
create function public.order_lines_moves() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    touched bigint[];
begin
    if tg_op = 'DELETE' then
        select array_agg(distinct order_id) into touched from old_rows;
    else
        select array_agg(distinct order_id) into touched from new_rows;
    end if;
    if touched is not null then
        perform orders_settle(touched);
        if exists (
            select from orders
            where id = any (touched) and total_amount - lines_total + discounts_so_far(id) <= 0
        ) then
            perform refuse('orders_left_for_car_positive', 'With the discounts nothing would be left for the car.');
        end if;
    end if;
    return null;
end
$$;

create trigger order_lines_before_write before insert or update or delete on public.order_lines
    for each row execute function public.order_lines_before_write();
create trigger order_lines_moves_insert after insert on public.order_lines
    referencing new table as new_rows
    for each statement execute function public.order_lines_moves();
create trigger order_lines_moves_update after update on public.order_lines
    referencing old table as old_rows new table as new_rows
    for each statement execute function public.order_lines_moves();
create trigger order_lines_moves_delete after delete on public.order_lines
    referencing old table as old_rows
    for each statement execute function public.order_lines_moves();
create trigger order_lines_never_truncated before truncate on public.order_lines
    for each statement execute function public.never_truncated('order_lines_never_truncated');
create trigger order_lines_keep_id before update of id on public.order_lines
    for each row execute function public.keep_id('order_lines_keep_id');
create trigger order_lines_not_in_future before insert or update of created_at on public.order_lines
    for each row when (new.created_at between now() + interval '1 day' and '9998-12-31')
    execute function public.not_in_future('order_lines_not_in_future');
