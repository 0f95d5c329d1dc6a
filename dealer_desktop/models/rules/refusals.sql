-- How a rule says no, and the refusals that many tables share.

-- Every broken rule ends here: the rule's name is the constraint's name, the sentence is for a person.
create function public.refuse(rule text, sentence text) returns void
language plpgsql
as $$
begin
    raise exception using errcode = 'check_violation', constraint = rule, message = sentence;
end
$$;

-- For what only managers and admins do.
create function public.require_manager(rule text, sentence text) returns void
language plpgsql
as $$
begin
    if not coalesce(public.dealer_role() in ('manager', 'admin'), false) then
        raise exception using errcode = 'insufficient_privilege', constraint = rule, message = sentence;
    end if;
end
$$;

-- A reference that leads nowhere, told before a trigger needs what it leads to.
create function public.refuse_reference(rule text, sentence text) returns void
language plpgsql
as $$
begin
    raise exception using errcode = 'foreign_key_violation', constraint = rule, message = sentence;
end
$$;

-- The argument is the rule's name.
create function public.never_removed() returns trigger
language plpgsql
as $$
begin
    perform public.refuse(tg_argv[0], format('Rows of %s are never removed.', tg_table_name));
    return null;
end
$$;

create function public.append_only() returns trigger
language plpgsql
as $$
begin
    perform public.refuse(tg_argv[0], 'The history is never changed.');
    return null;
end
$$;

-- What is written only row by row, so that the history tells of each.
create function public.never_truncated() returns trigger
language plpgsql
as $$
begin
    perform public.refuse(tg_argv[0], format('Rows of %s are removed one by one, or not at all.', tg_table_name));
    return null;
end
$$;

-- Only the triggers write the history, and they work as the owner: whoever else inserts, also by a trigger on a table
-- of their own, is still who they are here.
create function public.audit_log_by_triggers() returns trigger
language plpgsql
as $$
begin
    if pg_trigger_depth() < 2 or current_user <> (
        select pg_get_userbyid(relowner) from pg_catalog.pg_class where oid = tg_relid
    ) then
        perform public.refuse('audit_log_by_triggers', 'The history is written by nothing but its triggers.');
    end if;
    return null;
end
$$;

-- What happened, happened, but for a day's grace for clocks and time zones. What no calendar holds the checks refuse.
create function public.not_in_future() returns trigger
language plpgsql
as $$
begin
    perform public.refuse(tg_argv[0], 'What happened did not happen in the future.');
    return null;
end
$$;

-- Everything refers to a row by its id, the history too.
create function public.keep_id() returns trigger
language plpgsql
as $$
begin
    if new.id is distinct from old.id then
        perform public.refuse(tg_argv[0], format('A row of %s keeps its number.', tg_table_name));
    end if;
    return new;
end
$$;

create trigger orders_never_deleted before delete on public.orders
    for each row execute function public.never_removed('orders_never_deleted');
create trigger orders_never_truncated before truncate on public.orders
    for each statement execute function public.never_removed('orders_never_deleted');
create trigger payments_never_deleted before delete on public.payments
    for each row execute function public.never_removed('payments_never_deleted');
create trigger payments_never_truncated before truncate on public.payments
    for each statement execute function public.never_removed('payments_never_deleted');
create trigger deliveries_never_deleted before delete on public.deliveries
    for each row execute function public.never_removed('deliveries_never_deleted');
create trigger deliveries_never_truncated before truncate on public.deliveries
    for each statement execute function public.never_removed('deliveries_never_deleted');
create trigger users_never_deleted before delete on public.users
    for each row execute function public.never_removed('users_never_deleted');
create trigger users_never_truncated before truncate on public.users
    for each statement execute function public.never_removed('users_never_deleted');
create trigger dealer_never_deleted before delete on public.dealer
    for each row execute function public.never_removed('dealer_never_deleted');
create trigger dealer_never_truncated before truncate on public.dealer
    for each statement execute function public.never_removed('dealer_never_deleted');

create trigger audit_log_append_only before update or delete on public.audit_log
    for each row execute function public.append_only('audit_log_append_only');
create trigger audit_log_never_truncated before truncate on public.audit_log
    for each statement execute function public.append_only('audit_log_append_only');

create trigger audit_log_by_triggers before insert on public.audit_log
    for each statement execute function public.audit_log_by_triggers();

create trigger cars_never_truncated before truncate on public.cars
    for each statement execute function public.never_truncated('cars_never_truncated');
create trigger car_photos_never_truncated before truncate on public.car_photos
    for each statement execute function public.never_truncated('car_photos_never_truncated');
create trigger car_reports_never_truncated before truncate on public.car_reports
    for each statement execute function public.never_truncated('car_reports_never_truncated');
create trigger reviews_never_truncated before truncate on public.reviews
    for each statement execute function public.never_truncated('reviews_never_truncated');
create trigger customer_details_never_truncated before truncate on public.customer_details
    for each statement execute function public.never_truncated('customer_details_never_truncated');
create trigger requests_never_truncated before truncate on public.requests
    for each statement execute function public.never_truncated('requests_never_truncated');

create trigger users_not_in_future before insert or update of created_at on public.users
    for each row when (new.created_at between now() + interval '1 day' and '9998-12-31')
    execute function public.not_in_future('users_not_in_future');
create trigger cars_not_in_future before insert or update of created_at on public.cars
    for each row when (new.created_at between now() + interval '1 day' and '9998-12-31')
    execute function public.not_in_future('cars_not_in_future');
create trigger car_reports_not_in_future before insert or update of created_at on public.car_reports
    for each row when (new.created_at between now() + interval '1 day' and '9998-12-31')
    execute function public.not_in_future('car_reports_not_in_future');
create trigger reviews_not_in_future before insert or update of created_at on public.reviews
    for each row when (new.created_at between now() + interval '1 day' and '9998-12-31')
    execute function public.not_in_future('reviews_not_in_future');
create trigger orders_not_in_future before insert or update of created_at on public.orders
    for each row when (new.created_at between now() + interval '1 day' and '9998-12-31')
    execute function public.not_in_future('orders_not_in_future');
create trigger payments_not_in_future before insert or update of created_at, paid_at on public.payments
    for each row when (greatest(new.created_at, new.paid_at) between now() + interval '1 day' and '9998-12-31')
    execute function public.not_in_future('payments_not_in_future');
create trigger deliveries_not_in_future before insert or update of created_at, delivered_at on public.deliveries
    for each row when (greatest(new.created_at, new.delivered_at) between now() + interval '1 day' and '9998-12-31')
    execute function public.not_in_future('deliveries_not_in_future');

create trigger cars_keep_id before update of id on public.cars
    for each row execute function public.keep_id('cars_keep_id');
create trigger car_photos_keep_id before update of id on public.car_photos
    for each row execute function public.keep_id('car_photos_keep_id');
create trigger car_reports_keep_id before update of id on public.car_reports
    for each row execute function public.keep_id('car_reports_keep_id');
create trigger deliveries_keep_id before update of id on public.deliveries
    for each row execute function public.keep_id('deliveries_keep_id');
create trigger orders_keep_id before update of id on public.orders
    for each row execute function public.keep_id('orders_keep_id');
create trigger payments_keep_id before update of id on public.payments
    for each row execute function public.keep_id('payments_keep_id');
create trigger reviews_keep_id before update of id on public.reviews
    for each row execute function public.keep_id('reviews_keep_id');
create trigger users_keep_id before update of id on public.users
    for each row execute function public.keep_id('users_keep_id');
