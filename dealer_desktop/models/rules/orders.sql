-- An order's life: how it is born, what may change, which way it goes.
-- BEFORE only locks, fills and refuses; what follows from a change is in moves.sql.

create function public.paid_so_far(order_number bigint) returns numeric
language sql security definer set search_path = pg_catalog, public, pg_temp
as $$
    select coalesce(sum(amount), 0) from public.payments where order_id = order_number and status = 'paid'
$$;

-- The delivery that counts: the open one, else the delivered one, else a failed one. Not the one with the highest
-- number, which any program may choose; the statuses stand in this order.
create function public.deliveries_stage(order_number bigint) returns public.delivery_status
language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $$
    select min(status) from public.deliveries where order_id = order_number
$$;

create function public.orders_check_salesperson(person bigint) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
    if exists (select from users where id = person and role = 'customer') then
        perform refuse('orders_salesperson_is_staff', 'A sale is made by somebody of the staff.');
    end if;
end
$$;

-- What is paid and what the lines come to is never written by hand: it is what the rows say.
create function public.orders_check_sums(its_order public.orders) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
    if its_order.paid_total is distinct from paid_so_far(its_order.id) then
        perform refuse('orders_paid_total_kept', 'What is paid of an order is the sum of its paid payments.');
    end if;
    if its_order.lines_total is distinct from lines_so_far(its_order.id) then
        perform refuse('orders_lines_total_kept', 'What the lines of an order come to is their sum.');
    end if;
end
$$;

create function public.orders_before_insert() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    car record;
begin
    new.customer_name := clean(new.customer_name);
    new.customer_phone := nullif(clean(new.customer_phone), '');
    new.customer_email := nullif(clean(new.customer_email), '');
    new.delivery_address := nullif(clean(new.delivery_address), '');
    perform require_staff('orders_by_staff', 'Only the dealership''s people make orders.');
    new.salesperson_id := coalesce(new.salesperson_id, dealer_person());
    if new.salesperson_id <> dealer_person() then
        perform require_manager('orders_salesperson_by_manager', 'Only a manager makes it another person''s sale.');
    end if;
    perform orders_check_salesperson(new.salesperson_id);
    if new.status <> 'pending' then
        perform refuse('orders_born_pending', 'A new order is pending.');
    end if;
    perform orders_check_sums(new);
    if new.user_id is not null then
        new.user_id := coalesce(customers_staying(new.user_id), new.user_id);
    end if;
    if new.car_id is null then
        return new;  -- the column says so itself
    end if;

    -- Two PCs that sell the same car meet here: the second waits, and then sees what the first did.
    select status, price into car from cars where id = new.car_id for no key update;
    if not found then
        perform refuse_reference('fk_orders_car_id', 'There is no such car.');
    end if;
    if car.status = 'sold' then
        perform refuse('orders_car_available', 'This car is sold.');
    elsif exists (
        select from orders
        where car_id = new.car_id and status in ('pending', 'paid', 'processing', 'in_delivery')
    ) then
        perform refuse('orders_car_available', 'This car was just taken by another order.');
    elsif car.status = 'reserved' then
        perform require_approval('orders_held_car_by_manager', 'Only a manager may sell a held car.',
            'sell_held_car', new.car_id, null, null, null);
    end if;

    new.total_amount := coalesce(new.total_amount, car.price);
    if new.total_amount < car.price then
        perform require_approval('orders_below_price_by_manager', 'Only a manager may sell below the price.',
            'sell_below_price', new.car_id, null, null, new.total_amount);
    end if;
    return new;
end
$$;

create function public.orders_before_update() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    -- What is left for the car: the total without the lines.
    was_left numeric := old.total_amount - old.lines_total;
    is_left numeric := new.total_amount - new.lines_total;
begin
    new.updated_at := now();
    if (new.paid_total, new.lines_total) is distinct from (old.paid_total, old.lines_total) then
        perform orders_check_sums(new);
    end if;
    if old.status in ('completed', 'canceled') then
        if to_jsonb(new) - '{search,updated_at,paid_total}'::text[]
            <> to_jsonb(old) - '{search,updated_at,paid_total}'::text[]
        and not (
            -- Its customer's account was merged.
            to_jsonb(new) - '{search,updated_at,paid_total,user_id}'::text[]
                = to_jsonb(old) - '{search,updated_at,paid_total,user_id}'::text[]
            and exists (select from users where id = old.user_id and merged_into = new.user_id)
        ) then
            perform refuse('orders_final', format('The order is %s and is never changed.', old.status));
        end if;
        return new;
    end if;

    new.customer_name := clean(new.customer_name);
    new.customer_phone := nullif(clean(new.customer_phone), '');
    new.customer_email := nullif(clean(new.customer_email), '');
    new.delivery_address := nullif(clean(new.delivery_address), '');
    new.cancel_reason := nullif(clean(new.cancel_reason), '');
    if new.salesperson_id is distinct from old.salesperson_id then
        perform require_manager('orders_salesperson_by_manager', 'Only a manager makes it another person''s sale.');
        perform orders_check_salesperson(new.salesperson_id);
    end if;
    if new.user_id is distinct from old.user_id and new.user_id is not null then
        new.user_id := coalesce(customers_staying(new.user_id), new.user_id);
    end if;
    if (new.user_id, new.customer_phone, new.customer_email)
        is distinct from (old.user_id, old.customer_phone, old.customer_email) and payments_moved_now(old.id)
    then
        perform refuse('payments_moved_same_customer', 'Money was just moved here, so the customer stays.');
    end if;
    if new.car_id <> old.car_id then
        perform refuse('orders_keep_car', 'An order keeps its car.');
    end if;
    if is_left > was_left then
        perform refuse('orders_total_never_raised', 'The total of an order is never raised.');
    elsif is_left < was_left then
        perform require_approval('orders_lower_total_by_manager', 'Only a manager may lower the total.',
            'lower_price', null, old.id, null, is_left + discounts_so_far(old.id));
        if new.total_amount > 0 and is_left + discounts_so_far(old.id) <= 0 then
            perform refuse('orders_left_for_car_positive', 'With the discounts nothing would be left for the car.');
        end if;
    end if;
    if new.payment_method <> old.payment_method and old.status not in ('pending', 'paid') then
        perform refuse('orders_method_fixed', 'The way of paying changes only while the order is pending or paid.');
    end if;
    if new.delivery_address is distinct from old.delivery_address and old.status = 'in_delivery' then
        perform refuse('orders_address_fixed', 'The car is on its way, so the address stays.');
    end if;

    if new.status <> old.status then
        perform orders_check_move(old, new);
        if new.status = 'completed' then
            new.completed_at := now();
        end if;
    end if;
    return new;
end
$$;

-- The ways an order goes; whatever is not here is refused, whoever asks.
create function public.orders_check_move(was public.orders, becomes public.orders) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    way text := was.status || ' -> ' || becomes.status;
    balance numeric := becomes.total_amount - paid_so_far(was.id);
    newest delivery_status := deliveries_stage(was.id);
    delivery_open boolean := coalesce(newest in ('pending', 'in_progress'), false);
begin
    if becomes.status = 'canceled' then
        if exists (select from payments where order_id = was.id and status = 'paid') then
            perform require_approval('orders_cancel_with_money_by_manager',
                'Only a manager may cancel an order once money was paid.', 'cancel_with_money', null, was.id, null, null);
        end if;
        return;
    end if;

    if way not in ('pending -> paid', 'paid -> pending', 'paid -> processing', 'pending -> processing',
        'processing -> paid', 'processing -> pending', 'processing -> in_delivery', 'in_delivery -> processing',
        'paid -> completed', 'processing -> completed', 'in_delivery -> completed')
    then
        perform refuse('orders_move', format('An order does not go from %s to %s.', was.status, becomes.status));
    end if;

    if becomes.status = 'paid' and balance > 0 then
        perform refuse('orders_paid_when_settled', format('An order is paid once it is settled; %s is due.', balance));
    end if;
    if becomes.status = 'pending' and balance <= 0 then
        perform refuse('orders_pending_when_due', 'A settled order is paid, not pending.');
    end if;
    if was.status = 'processing' and becomes.status in ('paid', 'pending') then
        if delivery_open then
            perform refuse('orders_put_back_without_delivery', 'An order with an open delivery is not put back.');
        end if;
        perform require_manager('orders_put_back_by_manager', 'Only a manager may put an order back.');
    end if;
    if way = 'pending -> processing' then
        if becomes.payment_method not in ('loan', 'lease') and balance > trade_ins_agreed(was.id) then
            perform refuse('orders_processing_on_credit',
                'Only an order on a loan or a lease, or one that agreed trade-ins cover, is processed before it is paid.');
        end if;
        perform require_manager('orders_processing_by_manager',
            'Only a manager may start processing before the money is there.');
    end if;
    if becomes.status = 'in_delivery' and newest is distinct from 'in_progress' then
        perform refuse('orders_in_delivery_by_delivery', 'An order is in delivery once its delivery has started.');
    end if;
    if way = 'in_delivery -> processing' and newest is distinct from 'failed' then
        perform refuse('orders_back_by_failed_delivery', 'An order leaves delivery only when its delivery failed.');
    end if;
    if becomes.status = 'completed' then
        if balance > 0 then
            perform refuse('orders_completed_settled', format('The order is not paid in full; %s is due.', balance));
        end if;
        if delivery_open then
            perform refuse('orders_completed_no_open_delivery', 'The order has an open delivery.');
        end if;
        if was.status = 'in_delivery' then
            if newest is distinct from 'delivered' then
                perform refuse('orders_completed_delivered', 'The car is not delivered yet.');
            end if;
        elsif becomes.delivery_address is not null then
            perform refuse('orders_handover_without_address',
                'The order has a delivery address, so it is completed by its delivery.');
        end if;
    end if;
end
$$;

-- Whatever wrote it, an order that is kept says what its payments and its lines say.
create function public.orders_at_commit() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    its_order orders;
begin
    select * into its_order from orders where id = new.id;
    perform orders_check_sums(its_order);
    return null;
end
$$;

create trigger orders_before_insert before insert on public.orders
    for each row execute function public.orders_before_insert();
create trigger orders_before_update before update on public.orders
    for each row execute function public.orders_before_update();
create constraint trigger orders_at_commit after insert or update on public.orders
    deferrable initially deferred
    for each row execute function public.orders_at_commit();
