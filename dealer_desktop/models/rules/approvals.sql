-- A manager's yes to one act of a salesperson: asked for, decided once by somebody else, used by one transaction.

-- Whether the act is a manager's own, or one that an approval of the person signed in allows; then that is marked.
-- What is left for the car is not below its amount, what is given back in all not above it. The same transaction goes
-- on under it. Called by the rules' BEFORE triggers, after the order is locked.
create function public.approval_allows(
    what public.approval_act, car bigint, its_order bigint, payment bigint, sum_of_money numeric
) returns boolean
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    this_transaction bigint := pg_current_xact_id()::text::bigint;
    number bigint;
begin
    if coalesce(dealer_role() in ('manager', 'admin'), false) then
        return true;
    elsif dealer_person() is null then
        return false;
    end if;
    select id into number from approvals
    where act = what and is_granted and asked_by = dealer_person()
        and (car_id = car or order_id = its_order or payment_id = payment)
        and case what when 'refund' then sum_of_money <= amount
            when 'sell_below_price' then sum_of_money >= amount
            when 'lower_price' then sum_of_money >= amount else true end
        and case when used_at is null then decided_at > now() - interval '1 hour' else used_in = this_transaction and used_at = now() end
    order by used_at nulls last, id
    limit 1 for no key update;
    if not found then
        return false;
    end if;
    update approvals set used_at = now(), used_in = this_transaction where id = number and used_at is null;
    return true;
end
$$;

-- As approval_allows, and who may not is told so.
create function public.require_approval(
    rule text, sentence text, what public.approval_act, car bigint, its_order bigint, payment bigint, sum_of_money numeric
) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
    if not approval_allows(what, car, its_order, payment, sum_of_money) then
        raise exception using errcode = 'insufficient_privilege', constraint = rule, message = sentence;
    end if;
end
$$;

create function public.approvals_before_insert() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
    new.reason := clean(new.reason);
    perform require_staff('approvals_by_staff', 'Only the dealership''s people ask for an approval.');
    new.asked_by := coalesce(new.asked_by, dealer_person());
    if new.asked_by is distinct from dealer_person() then
        perform refuse('approvals_asked_by_oneself', 'An approval is asked for by the person who needs it.');
    end if;
    if (new.decided_by, new.decided_at, new.is_granted, new.used_at, new.used_in) is distinct from
        (null::bigint, null::timestamptz, null::boolean, null::timestamptz, null::bigint)
    then
        perform refuse('approvals_born_open', 'An approval is asked for first, and decided by somebody else.');
    end if;
    new.asked_at := now();
    return new;
end
$$;

create function public.approvals_before_update() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
    if (new.act, new.car_id, new.order_id, new.payment_id, new.amount, new.reason, new.asked_by, new.asked_at)
        is distinct from
        (old.act, old.car_id, old.order_id, old.payment_id, old.amount, old.reason, old.asked_by, old.asked_at)
    then
        perform refuse('approvals_keep_request', 'What was asked stays as it was asked.');
    end if;
    if (new.used_at, new.used_in) is distinct from (old.used_at, old.used_in) then
        -- The rules mark it, from inside the trigger of the act.
        if pg_trigger_depth() < 2 or old.used_at is not null or not coalesce(old.is_granted, false)
            or new.used_in is distinct from pg_current_xact_id()::text::bigint
        then
            perform refuse('approvals_used_by_rules', 'An approval is used by the act that it allows, and once.');
        end if;
    end if;
    if (new.is_granted, new.decided_at, new.decided_by)
        is not distinct from (old.is_granted, old.decided_at, old.decided_by)
    then
        return new;
    end if;
    if old.is_granted is not null then
        perform refuse('approvals_decided_once', 'This request is decided already.');
    end if;
    perform require_manager('approvals_decided_by_manager', 'Only a manager decides a request.');
    if old.asked_by = dealer_person() then
        perform refuse('approvals_decided_by_another', 'Nobody approves what they asked for themselves.');
    end if;
    new.decided_by := dealer_person();
    new.decided_at := now();
    return new;
end
$$;

create trigger approvals_before_insert before insert on public.approvals
    for each row execute function public.approvals_before_insert();
create trigger approvals_before_update before update on public.approvals
    for each row execute function public.approvals_before_update();
create trigger approvals_never_truncated before truncate on public.approvals
    for each statement execute function public.never_truncated('approvals_never_truncated');
create trigger approvals_keep_id before update of id on public.approvals
    for each row execute function public.keep_id('approvals_keep_id');
