-- Cars taken in payment. In one transaction: the car comes into stock, a payment by trade-in is paid, and a row ties them.
-- A pending payment by trade-in is agreed: its car is still to come.

create function public.trade_ins_agreed(order_number bigint) returns numeric
language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $$
    select coalesce(sum(amount), 0) from public.payments
    where order_id = order_number and status = 'pending' and method = 'trade_in'
$$;

-- Whether a car that is made ready, or on its way, is paid for: agreed trade-ins count. One that is handed over is paid
-- for without them.
create function public.orders_check_settled(its_order public.orders) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    due numeric := its_order.total_amount - paid_so_far(its_order.id);
    on_its_way boolean := its_order.status in ('processing', 'in_delivery') and its_order.payment_method in ('cash', 'card');
begin
    if (its_order.status = 'completed' and due > 0) or (on_its_way and due > trade_ins_agreed(its_order.id))
    then
        perform refuse('orders_stay_settled',
            'The car is already on its way or handed over, so the order must stay paid in full.');
    end if;
end
$$;

-- A car is not given back in parts: what gives a trade-in back is money, and says which. ``method`` as it was given.
create function public.payments_check_back_from_trade_in(refunded bigint, method public.payment_means) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
    if method = 'trade_in' then
        perform refuse('payments_refund_not_by_trade_in', 'Money is given back in money, not in a car.');
    elsif method is null and exists (select from payments p where p.id = refunded and p.method = 'trade_in') then
        perform refuse('payments_trade_in_back_names_method',
            'What gives a trade-in back says by which way the money goes.');
    end if;
end
$$;

create function public.trade_ins_before_insert() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    its_order orders;
    payment payments;
    car cars;
    earlier trade_ins;
    this_transaction bigint := pg_current_xact_id()::text::bigint;
begin
    perform require_manager('trade_ins_by_manager', 'Only a manager takes a car in payment.');
    if new.order_id is null or new.car_id is null or new.payment_id is null then
        return new;  -- the columns say so themselves
    end if;
    select * into its_order from orders where id = new.order_id for no key update;
    if not found then
        perform refuse_reference('fk_trade_ins_order_id', 'There is no such order.');
    end if;
    select * into car from cars where id = new.car_id for no key update;
    if not found then
        perform refuse_reference('fk_trade_ins_car_id', 'There is no such car.');
    end if;
    select * into payment from payments where id = new.payment_id;
    if not found then
        perform refuse_reference('fk_trade_ins_payment_id', 'There is no such payment.');
    end if;
    if payment.order_id <> new.order_id or payment.status <> 'paid' or payment.method <> 'trade_in'
        or payment.refund_of is not null
    then
        perform refuse('trade_ins_payment_by_trade_in', 'A trade-in stands for a paid payment by trade-in of its order.');
    end if;
    if new.car_id = its_order.car_id then
        perform refuse('trade_ins_another_car', 'The car that is sold is not taken in payment of itself.');
    end if;
    if car.status <> 'available' then
        perform refuse('trade_ins_car_available', 'A car taken in payment is available; this one is reserved or sold.');
    end if;

    new.stay := car.stay;
    select * into earlier from trade_ins where car_id = car.id and stay = car.stay order by id desc limit 1;
    if not found then
        if car.came_in <> this_transaction or car.updated_at <> now() then
            perform refuse('trade_ins_car_came_in',
                'The car stands in stock already; one that is taken in payment comes in by the same transaction.');
        end if;
    -- Entered wrongly, it is given back whole and entered anew, now.
    elsif not exists (
        select from payments where refund_of = earlier.payment_id and written_in = this_transaction
    ) or exists (
        select from payments p where p.id = earlier.payment_id
            and p.amount > (select -coalesce(sum(amount), 0) from payments where refund_of = p.id)
    ) then
        perform refuse('trade_ins_once',
            'This car is taken in payment already. To correct that, it is given back whole in the same transaction.');
    end if;
    return new;
end
$$;

-- What is allowed for the car is what it was bought for; of a correction the difference.
create function public.trade_ins_write_cost() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
    insert into car_costs (car_id, kind, amount, incurred_on)
    select new.car_id, 'purchase', allowed.now - allowed.before,
        (payment.paid_at at time zone (select timezone from dealer where id = 1))::date
    from payments payment
    cross join lateral (
        select payment.amount + new.payoff as now, coalesce((
            select p.amount + t.payoff from trade_ins t join payments p on p.id = t.payment_id
            where t.car_id = new.car_id and t.stay = new.stay and t.id < new.id
            order by t.id desc limit 1), 0) as before
    ) as allowed
    where payment.id = new.payment_id and allowed.now <> allowed.before;
    return null;
end
$$;

create function public.trade_ins_before_update() returns trigger
language plpgsql
as $$
begin
    perform public.refuse('trade_ins_never_changed', 'A trade-in is never changed: it is corrected by its payment.');
    return null;
end
$$;

-- At commit, in whatever order the statements came.
create function public.payments_trade_in_at_commit() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
    if not exists (select from trade_ins where payment_id = new.id) then
        perform refuse('payments_trade_in_named',
            'A payment by trade-in is paid when its car comes in, by the same transaction.');
    end if;
    return null;
end
$$;

create function public.payments_agreed_at_commit() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
    perform orders_check_settled(orders) from orders where id = new.order_id;
    return null;
end
$$;

create trigger trade_ins_before_insert before insert on public.trade_ins
    for each row execute function public.trade_ins_before_insert();
create trigger trade_ins_before_update before update on public.trade_ins
    for each row execute function public.trade_ins_before_update();
create trigger trade_ins_write_cost after insert on public.trade_ins
    for each row execute function public.trade_ins_write_cost();
create trigger trade_ins_never_deleted before delete on public.trade_ins
    for each row execute function public.never_removed('trade_ins_never_deleted');
create trigger trade_ins_never_truncated before truncate on public.trade_ins
    for each statement execute function public.never_removed('trade_ins_never_deleted');
create trigger trade_ins_not_in_future before insert on public.trade_ins
    for each row when (new.created_at between now() + interval '1 day' and '9998-12-31')
    execute function public.not_in_future('trade_ins_not_in_future');
create constraint trigger payments_trade_in_inserted after insert on public.payments
    deferrable initially deferred
    for each row when (new.method = 'trade_in' and new.status = 'paid' and new.refund_of is null)
    execute function public.payments_trade_in_at_commit();
create constraint trigger payments_trade_in_arrived after update on public.payments
    deferrable initially deferred
    for each row when (new.method = 'trade_in' and new.status = 'paid' and old.status <> 'paid')
    execute function public.payments_trade_in_at_commit();
create constraint trigger payments_agreed_at_commit after update on public.payments
    deferrable initially deferred
    for each row when (old.method = 'trade_in' and old.status = 'pending'
        and (new.status = 'failed' or new.method <> 'trade_in' or new.amount < old.amount))
    execute function public.payments_agreed_at_commit();
