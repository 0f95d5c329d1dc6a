-- Money: what may come, what may go back, and what must add up when the transaction ends.

-- Who took the money: the person signed in; another only where a manager says so, and nobody who is no staff.
create function public.payments_check_taken_by(person bigint) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
    if person is not null and person is distinct from dealer_person() then
        perform require_manager('payments_taken_by_manager', 'Only a manager enters a payment that somebody else took.');
    end if;
    if exists (select from users where id = person and role = 'customer') then
        perform refuse('payments_taken_by_staff', 'A payment is taken by somebody of the staff.');
    end if;
end
$$;

create function public.payments_before_insert() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    its_order orders;
begin
    new.transaction_id := nullif(clean(new.transaction_id), '');
    perform require_staff('payments_by_staff', 'Only the dealership''s people take payments.');
    perform payments_check_taken_by(new.taken_by);
    if new.status = 'paid' then
        new.taken_by := coalesce(new.taken_by, dealer_person());
    end if;
    new.written_in := pg_current_xact_id()::text::bigint;
    if new.order_id is null or new.amount is null then
        return new;  -- the columns say so themselves
    end if;

    if new.replaces is not null then
        -- Both orders of moved money, by ascending id: two who move both ways do not wait for each other.
        perform from orders
        where id in (new.order_id, (select order_id from payments where id = new.replaces))
        order by id for no key update;
    end if;
    select * into its_order from orders where id = new.order_id for no key update;
    if not found then
        perform refuse_reference('fk_payments_order_id', 'There is no such order.');
    end if;
    if new.refund_of is not null then
        perform payments_check_back_from_trade_in(new.refund_of, new.method);
    end if;
    new.method := coalesce(new.method, its_order.payment_method::text::payment_means);

    if new.status = 'failed' then
        perform refuse('payments_born_pending_or_paid', 'A new payment is pending or paid.');
    end if;
    if new.refund_of is not null then
        perform payments_check_refund(new);
    elsif new.replaces is not null then
        perform payments_check_replacement(new, its_order);
    else
        perform payments_check_fits(new, its_order);
    end if;
    return new;
end
$$;

-- Whether an order still takes this payment. Its own row, where it has one, does not count.
create function public.payments_check_fits(payment public.payments, its_order public.orders) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    balance numeric := its_order.total_amount - paid_so_far(its_order.id);
    expected numeric;
begin
    if its_order.status = 'canceled' then
        perform refuse('payments_canceled_takes_none', 'A canceled order takes no payment.');
    end if;
    if payment.amount > balance then
        perform refuse('payments_above_balance', format('The amount is above the balance due, %s.', greatest(balance, 0)));
    end if;
    if payment.status = 'pending' then
        select coalesce(sum(amount), 0) into expected
        from payments where order_id = its_order.id and status = 'pending' and id <> payment.id;
        if payment.amount > balance - expected then
            perform refuse('payments_above_expected',
                format('With what else is expected, the amount is above the balance due, %s.', balance - expected));
        end if;
    end if;
end
$$;

create function public.payments_check_refund(refund public.payments) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    given payments;
    remains numeric;
begin
    -- Several refunds of one transaction are together within what was approved.
    perform require_approval('payments_refund_by_manager', 'Only a manager may give money back.',
        'refund', null, null, refund.refund_of, -refund.amount - coalesce((
            select sum(amount) from payments where refund_of = refund.refund_of and written_in = refund.written_in), 0));
    if refund.status <> 'paid' then
        perform refuse('payments_refund_born_paid', 'A refund is entered when the money is given back.');
    end if;
    select * into given from payments where id = refund.refund_of;
    if not found then
        perform refuse_reference('fk_payments_refund_of', 'There is no such payment.');
    end if;
    if given.order_id <> refund.order_id then
        perform refuse('payments_refund_in_its_order', 'A payment is given back in its own order.');
    end if;
    if given.status <> 'paid' or given.refund_of is not null then
        perform refuse('payments_refund_of_paid', 'Only a paid payment, which is itself no refund, is given back.');
    end if;
    select given.amount + coalesce(sum(amount), 0) into remains from payments where refund_of = given.id;
    if -refund.amount > remains then
        perform refuse('payments_refund_left', format('At most %s of this payment is left to give back.', remains));
    end if;
end
$$;

-- A payment that corrects another, takes a mistaken refund back, or was moved from another order.
-- That the money was given back first, in this very transaction, is asked at its end: payments_at_commit.
create function public.payments_check_replacement(payment public.payments, its_order public.orders) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    replaced payments;
    replaced_order orders;
    unmeasured numeric;
begin
    perform require_manager('payments_replace_by_manager', 'Only a manager may correct or move a payment.');
    if payment.status <> 'paid' then
        perform refuse('payments_replacement_born_paid', 'A payment that replaces another is paid.');
    end if;
    select * into replaced from payments where id = payment.replaces;
    if not found then
        perform refuse_reference('fk_payments_replaces', 'There is no such payment.');
    end if;
    if replaced.status <> 'paid' then
        perform refuse('payments_replaces_paid', 'Only a paid payment is corrected or moved.');
    end if;

    if replaced.refund_of is not null then
        if its_order.id <> replaced.order_id or its_order.status <> 'canceled' then
            perform refuse('payments_replaces_refund_when_canceled',
                'A refund is taken back this way only in its own order, once that is canceled.');
        end if;
        select -replaced.amount - coalesce(sum(amount), 0) into unmeasured from payments where replaces = replaced.id;
        if payment.amount > unmeasured then
            perform refuse('payments_replaces_refund_left',
                format('At most %s of this refund is left to take back.', unmeasured));
        end if;
    elsif its_order.id = replaced.order_id then
        -- Not above the old: measured against nothing but what this transaction gives back.
        select replaced.amount + coalesce(sum(amount) filter (where refund_of = replaced.id), 0)
            - coalesce(sum(amount) filter (where replaces = replaced.id), 0)
        into unmeasured
        from payments
        where (refund_of = replaced.id and written_in <> payment.written_in)
            or (replaces = replaced.id and order_id = replaced.order_id);
        if payment.amount > unmeasured and its_order.status = 'canceled' then
            perform refuse('payments_correction_on_canceled',
                format('On a canceled order a correction is not above what it corrects, %s.', greatest(unmeasured, 0)));
        elsif payment.amount > unmeasured then
            perform payments_check_fits(payment, its_order);
        end if;
    else
        select * into replaced_order from orders where id = replaced.order_id;
        perform payments_check_same_customer(replaced_order, its_order);
        perform payments_check_fits(payment, its_order);
    end if;
end
$$;

-- Whether two orders are one customer's: of one account; where an order has none, by phone or e-mail. And were so
-- before this transaction: a name borrowed for the move is nobody's.
create function public.payments_check_same_customer(first_one public.orders, other public.orders) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
    if not (
        case when first_one.user_id is not null and other.user_id is not null
            then first_one.user_id = other.user_id
            else coalesce(first_one.customer_phone = other.customer_phone, false)
                or coalesce(lower(first_one.customer_email) = lower(other.customer_email), false)
        end
    )
    then
        perform refuse('payments_moved_same_customer', 'Money is moved between orders of the same customer only.');
    end if;
    if exists (
        select from audit_log
        where table_name = 'orders' and row_id in (first_one.id, other.id) and action = 'UPDATE' and at = now()
            and after ?| '{user_id,customer_phone,customer_email}'
    ) then
        perform refuse('payments_moved_same_customer',
            'The order became this customer''s just now; money is moved in a transaction of its own.');
    end if;
end
$$;

-- Whether this transaction moves money into the order, or out of it.
create function public.payments_moved_now(order_number bigint) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $$
    select exists (
        select from public.payments as moved join public.payments as replaced on replaced.id = moved.replaces
        where moved.written_in = pg_current_xact_id()::text::bigint and moved.order_id <> replaced.order_id
            and order_number in (moved.order_id, replaced.order_id)
    )
$$;

create function public.payments_before_update() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    its_order orders;
begin
    new.transaction_id := nullif(clean(new.transaction_id), '');
    if old.status in ('paid', 'failed') then
        if to_jsonb(new) - 'search' <> to_jsonb(old) - 'search' then
            perform refuse('payments_final', format('A %s payment is never changed.', old.status));
        end if;
        return new;
    end if;
    if (new.order_id, new.refund_of, new.replaces, new.written_in)
        is distinct from (old.order_id, old.refund_of, old.replaces, old.written_in)
    then
        perform refuse('payments_keep_order', 'A payment keeps its order and what it refers to.');
    end if;
    if new.taken_by is distinct from old.taken_by then
        perform payments_check_taken_by(new.taken_by);
    end if;
    if new.status = 'paid' then
        new.taken_by := coalesce(new.taken_by, dealer_person());
    end if;
    select * into its_order from orders where id = old.order_id for no key update;
    if new.status <> 'failed' then
        perform payments_check_fits(new, its_order);
    end if;
    return new;
end
$$;

-- What must hold when the transaction ends, in whatever order its statements came.
create function public.payments_at_commit() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    its_order orders;
    replaced payments;
    given_back numeric;
    given_back_now numeric;
    entered_now numeric;
begin
    select * into its_order from orders where id = new.order_id;
    if new.refund_of is not null then
        perform orders_check_settled(its_order);
        return null;
    end if;

    select * into replaced from payments where id = coalesce(
        (select refund_of from payments where id = new.replaces), new.replaces);
    select coalesce(-sum(amount), 0), coalesce(-sum(amount) filter (where written_in = new.written_in), 0)
    into given_back, given_back_now
    from payments where refund_of = replaced.id;

    -- A correction: the old one is given back whole, now.
    if new.replaces = replaced.id and new.order_id = replaced.order_id
        and (given_back < replaced.amount or given_back_now = 0)
    then
        perform refuse('payments_correction_refunds_whole',
            'A corrected payment is given back whole in the same transaction.');
    end if;
    -- Moved: no more arrives elsewhere than leaves here, now, and is not entered here again.
    if new.order_id <> replaced.order_id then
        select sum(amount) into entered_now from payments
        where replaces = replaced.id and written_in = new.written_in;
        if entered_now > given_back_now then
            perform refuse('payments_moved_refunded',
                'Moved money is given back in its order in the same transaction, and no more arrives than leaves.');
        end if;
    end if;
    -- Nothing given back once comes in twice: not as a correction, moved, and as a refund taken back.
    if new.replaces <> replaced.id and given_back < (
        select sum(amount) from payments
        where replaces = replaced.id or replaces in (select id from payments where refund_of = replaced.id)
    ) then
        perform refuse('payments_replaces_refund_left', 'This refund was already corrected, moved or taken back.');
    end if;
    return null;
end
$$;

create trigger payments_before_insert before insert on public.payments
    for each row execute function public.payments_before_insert();
create trigger payments_before_update before update on public.payments
    for each row execute function public.payments_before_update();
create constraint trigger payments_at_commit after insert on public.payments
    deferrable initially deferred
    for each row when (new.refund_of is not null or new.replaces is not null)
    execute function public.payments_at_commit();
