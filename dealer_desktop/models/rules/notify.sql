-- Every window learns of a change by one small message a statement, on the channel dealer_changes:
-- {"table": "cars", "op": "UPDATE", "ids": [1, 2]}, or "ids": "many" above a hundred.

create function public.send_change(table_name text, operation text, ids bigint[]) returns void
language sql
as $$
    select pg_notify('dealer_changes', json_build_object('table', table_name, 'op', operation, 'ids',
        case when cardinality(ids) > 100 then '"many"'::json else to_json(ids) end)::text)
    where cardinality(ids) > 0
$$;

-- What belongs to a car (a photo, a report, a review) says that the car is to be read again, too: argument "of a car".
create function public.notify_change() returns trigger
language plpgsql
as $$
declare
    ids bigint[];
    cars bigint[];
begin
    if tg_op = 'DELETE' then
        ids := array(select id from old_rows limit 101);
        if tg_nargs > 0 then
            cars := array(select distinct car_id from old_rows limit 101);
        end if;
    else
        ids := array(select id from new_rows limit 101);
        if tg_nargs > 0 then
            cars := array(select distinct car_id from new_rows limit 101);
        end if;
    end if;
    perform public.send_change(tg_table_name, tg_op, ids);
    perform public.send_change('cars', 'UPDATE', cars);
    return null;
end
$$;

create trigger users_notify_insert after insert on public.users
    referencing new table as new_rows
    for each statement execute function public.notify_change();
create trigger users_notify_update after update on public.users
    referencing new table as new_rows
    for each statement execute function public.notify_change();
create trigger users_notify_delete after delete on public.users
    referencing old table as old_rows
    for each statement execute function public.notify_change();
create trigger cars_notify_insert after insert on public.cars
    referencing new table as new_rows
    for each statement execute function public.notify_change();
create trigger cars_notify_update after update on public.cars
    referencing new table as new_rows
    for each statement execute function public.notify_change();
create trigger cars_notify_delete after delete on public.cars
    referencing old table as old_rows
    for each statement execute function public.notify_change();
create trigger car_photos_notify_insert after insert on public.car_photos
    referencing new table as new_rows
    for each statement execute function public.notify_change('of a car');
create trigger car_photos_notify_update after update on public.car_photos
    referencing new table as new_rows
    for each statement execute function public.notify_change('of a car');
create trigger car_photos_notify_delete after delete on public.car_photos
    referencing old table as old_rows
    for each statement execute function public.notify_change('of a car');
create trigger orders_notify_insert after insert on public.orders
    referencing new table as new_rows
    for each statement execute function public.notify_change();
create trigger orders_notify_update after update on public.orders
    referencing new table as new_rows
    for each statement execute function public.notify_change();
create trigger orders_notify_delete after delete on public.orders
    referencing old table as old_rows
    for each statement execute function public.notify_change();
create trigger deliveries_notify_insert after insert on public.deliveries
    referencing new table as new_rows
    for each statement execute function public.notify_change();
create trigger deliveries_notify_update after update on public.deliveries
    referencing new table as new_rows
    for each statement execute function public.notify_change();
create trigger deliveries_notify_delete after delete on public.deliveries
    referencing old table as old_rows
    for each statement execute function public.notify_change();
create trigger payments_notify_insert after insert on public.payments
    referencing new table as new_rows
    for each statement execute function public.notify_change();
create trigger payments_notify_update after update on public.payments
    referencing new table as new_rows
    for each statement execute function public.notify_change();
create trigger payments_notify_delete after delete on public.payments
    referencing old table as old_rows
    for each statement execute function public.notify_change();
create trigger car_reports_notify_insert after insert on public.car_reports
    referencing new table as new_rows
    for each statement execute function public.notify_change('of a car');
create trigger car_reports_notify_update after update on public.car_reports
    referencing new table as new_rows
    for each statement execute function public.notify_change('of a car');
create trigger car_reports_notify_delete after delete on public.car_reports
    referencing old table as old_rows
    for each statement execute function public.notify_change('of a car');
create trigger reviews_notify_insert after insert on public.reviews
    referencing new table as new_rows
    for each statement execute function public.notify_change('of a car');
create trigger reviews_notify_update after update on public.reviews
    referencing new table as new_rows
    for each statement execute function public.notify_change('of a car');
create trigger reviews_notify_delete after delete on public.reviews
    referencing old table as old_rows
    for each statement execute function public.notify_change('of a car');
create trigger dealer_notify_insert after insert on public.dealer
    referencing new table as new_rows
    for each statement execute function public.notify_change();
create trigger dealer_notify_update after update on public.dealer
    referencing new table as new_rows
    for each statement execute function public.notify_change();
create trigger dealer_notify_delete after delete on public.dealer
    referencing old table as old_rows
    for each statement execute function public.notify_change();
