-- Documents that are handed out with a number, the counters that the numbers come from, and the keys that sign them.

-- The next number of its kind and year (year 0: never anew). Its row stays locked until commit, so whoever comes next
-- waits, and a rollback takes the number back: no gap, none twice. Locked last, after all that the transaction locks.
create function public.counter_next(what text, in_year integer) returns bigint
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    given bigint;
begin
    insert into counters as c (kind, year, last) values (what, in_year, 1)
    on conflict (kind, year) do update set last = c.last + 1
    returning last into given;
    return given;
end
$$;

create function public.counters_before_write() returns trigger
language plpgsql
as $$
declare
    before bigint := 0;
begin
    if tg_op = 'UPDATE' then
        before := old.last;
        new.kind := old.kind;
        new.year := old.year;
    end if;
    if new.last <> before + 1 then
        perform public.refuse('counters_by_one', 'Numbers are given one after the other.');
    end if;
    return new;
end
$$;

-- A document's number that was taken and not used would be a gap: an INSERT that did nothing, a call by hand.
create function public.counters_number_used() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
    if new.kind = any (enum_range(null::document_kind)::text[]) then
        if not exists (
            select from documents where kind = new.kind::document_kind and year = new.year and number = new.last
        ) then
            perform refuse('counters_number_used', 'Each number is a document''s.');
        end if;
    end if;
    return null;
end
$$;

create function public.documents_before_insert() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
    perform require_staff('documents_by_staff', 'Only the dealership''s people issue documents.');
    if new.kind = 'receipt' and exists (select from payments where id = new.payment_id and status <> 'paid') then
        perform refuse('documents_receipt_of_paid', 'A receipt is issued for money that was paid.');
    end if;
    new.issued_by := dealer_person();
    new.issued_at := now();
    new.year := extract(year from dealer_today());
    if new.kind = 'drawer_report' then
        -- Number and year of the drawer, so that it has one report; closed is final, nobody needs to be waited for.
        select coalesce(z_number, 0), extract(year from closed_at at time zone (select timezone from dealer where id = 1))
        into new.number, new.year from drawers where id = new.drawer_id;
        if new.number = 0 then
            perform refuse('documents_report_of_closed', 'A drawer''s report is issued once it is closed.');
        end if;
        new.number := coalesce(new.number, 0);  -- documents_about_its_record says the rest
        new.year := coalesce(new.year, 0);
        return new;
    end if;
    new.number := counter_next(new.kind::text, new.year);
    return new;
end
$$;

create function public.documents_never_changed() returns trigger
language plpgsql
as $$
begin
    perform public.refuse('documents_never_changed', 'A document that was issued is never changed.');
    return null;
end
$$;

-- ------------------------------------------------------------------------------------------------------------- keys

-- The key that signs documents where SECRET_KEY is not set; made at the first need. gen_random_uuid is a strong source
-- with 122 bits a call.
create function public.document_key() returns text
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    found_key text;
begin
    perform require_staff('secrets_by_staff', 'Only the dealership''s people sign documents.');
    select value into found_key from secrets where name = 'documents' order by since desc limit 1;
    if not found then
        perform from dealer where id = 1 for no key update;  -- two PCs that need it first make one
        select value into found_key from secrets where name = 'documents' order by since desc limit 1;
    end if;
    return coalesce(found_key, document_key_made());
end
$$;

create function public.document_key_made() returns text
language sql security definer set search_path = pg_catalog, public, pg_temp
as $$
    insert into public.secrets (name, value) values ('documents', encode(sha256(convert_to(
        gen_random_uuid()::text || gen_random_uuid() || gen_random_uuid(), 'UTF8')), 'hex'))
    returning value
$$;

-- From now on a new key signs; what the old ones signed is still ours.
create function public.document_key_renew() returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
    perform require_admin('secrets_renewed_by_admin', 'Only an admin changes the key that signs documents.');
    perform from dealer where id = 1 for no key update;
    perform document_key_made();
end
$$;

-- A key from a PC's settings (of a key pair the public half), so that its documents are known after it changed, too.
create function public.document_key_keep(algorithm text, key text) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    kept text := 'documents ' || algorithm;
begin
    perform require_staff('secrets_by_staff', 'Only the dealership''s people sign documents.');
    perform from dealer where id = 1 for no key update;
    if not exists (select from secrets where name = kept and value = key) then
        insert into secrets (name, value) values (kept, key);
    end if;
end
$$;

create function public.secrets_kept() returns trigger
language plpgsql
as $$
begin
    perform public.refuse('secrets_kept', 'A key that signed documents is kept as it is.');
    return null;
end
$$;

-- -------------------------------------------------------------------------------------------------------- templates

create function public.document_templates_before_write() returns trigger
language plpgsql
as $$
begin
    new.kind := public.clean(new.kind);
    if tg_op = 'UPDATE' then
        new.updated_at := now();
    end if;
    return new;
end
$$;

create trigger counters_before_write before insert or update on public.counters
    for each row execute function public.counters_before_write();
create constraint trigger counters_number_used after insert or update on public.counters
    deferrable initially deferred for each row execute function public.counters_number_used();
create trigger counters_never_deleted before delete on public.counters
    for each row execute function public.never_removed('counters_never_deleted');
create trigger counters_never_truncated before truncate on public.counters
    for each statement execute function public.never_removed('counters_never_deleted');

create trigger documents_before_insert before insert on public.documents
    for each row execute function public.documents_before_insert();
create trigger documents_never_changed before update on public.documents
    for each row execute function public.documents_never_changed();
create trigger documents_never_deleted before delete on public.documents
    for each row execute function public.never_removed('documents_never_deleted');
create trigger documents_never_truncated before truncate on public.documents
    for each statement execute function public.never_removed('documents_never_deleted');

create trigger secrets_kept before update or delete on public.secrets
    for each row execute function public.secrets_kept();
create trigger secrets_never_truncated before truncate on public.secrets
    for each statement execute function public.never_removed('secrets_never_truncated');

create trigger document_templates_before_write before insert or update on public.document_templates
    for each row execute function public.document_templates_before_write();
create trigger document_templates_keep_id before update of id on public.document_templates
    for each row execute function public.keep_id('document_templates_keep_id');
create trigger document_templates_never_truncated before truncate on public.document_templates
    for each statement execute function public.never_truncated('document_templates_never_truncated');
