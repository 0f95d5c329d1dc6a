-- A delivery's life: pending -> in_progress -> delivered, or failed from either open state.

create function public.deliveries_before_insert() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    order_is order_status;
begin
    new.tracking_number := nullif(clean(new.tracking_number), '');
    perform require_staff('deliveries_by_staff', 'Only the dealership''s people schedule deliveries.');
    if new.status <> 'pending' then
        perform refuse('deliveries_born_pending', 'A new delivery is pending.');
    end if;
    if new.order_id is null then
        return new;  -- the column says so itself
    end if;
    select status into order_is from orders where id = new.order_id for no key update;
    if not found then
        perform refuse_reference('fk_deliveries_order_id', 'There is no such order.');
    end if;
    if order_is not in ('paid', 'processing') then
        perform refuse('deliveries_order_ready',
            format('A delivery is scheduled while its order is paid or processing; it is %s.', order_is));
    end if;
    return new;
end
$$;

create function public.deliveries_before_update() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    order_is order_status;
begin
    new.tracking_number := nullif(clean(new.tracking_number), '');
    new.failure_reason := nullif(clean(new.failure_reason), '');
    if old.status in ('delivered', 'failed') then
        if to_jsonb(new) - 'search' <> to_jsonb(old) - 'search' then
            perform refuse('deliveries_final', format('The delivery is %s and is never changed.', old.status));
        end if;
        return new;
    end if;
    if new.order_id <> old.order_id then
        perform refuse('deliveries_keep_order', 'A delivery keeps its order.');
    end if;

    select status into order_is from orders where id = old.order_id for no key update;
    if new.status = old.status or new.status = 'failed' then
        return new;
    elsif old.status = 'pending' and new.status = 'in_progress' then
        if order_is <> 'processing' then
            perform refuse('deliveries_start_from_processing',
                format('A delivery starts while its order is processing; it is %s.', order_is));
        end if;
    elsif old.status = 'in_progress' and new.status = 'delivered' then
        if order_is <> 'in_delivery' then
            perform refuse('deliveries_finish_in_delivery',
                format('A car is delivered while its order is in delivery; it is %s.', order_is));
        end if;
    else
        perform refuse('deliveries_move', format('A delivery does not go from %s to %s.', old.status, new.status));
    end if;
    return new;
end
$$;

create trigger deliveries_before_insert before insert on public.deliveries
    for each row execute function public.deliveries_before_insert();
create trigger deliveries_before_update before update on public.deliveries
    for each row execute function public.deliveries_before_update();
