-- Who may what, whole. Run by the owner of the tables, in the upgrade's transaction; as often as one likes, with the
-- same end: first everything is taken away, whoever had it, then this is given and nothing else.
--
--     dealer_sales  <  dealer_manager  <  dealer_admin        groups; each has what the one before has
--
-- Which row and which change is whose, where a column alone does not tell it, the rules say (42501).

-- The groups: without a login, each includes the one before.
DO $$
declare
    grp text;
begin
    foreach grp in array array['dealer_sales', 'dealer_manager', 'dealer_admin'] loop
        if to_regrole(grp) is null then
            begin
                execute format('create role %I nologin', grp);
            exception when duplicate_object or unique_violation then
                null;  -- another database of this server makes them at this moment
            end;
        end if;
    end loop;
    if not pg_has_role('dealer_manager', 'dealer_sales', 'MEMBER') then
        grant dealer_sales to dealer_manager;
    end if;
    if not pg_has_role('dealer_admin', 'dealer_manager', 'MEMBER') then
        grant dealer_manager to dealer_admin;
    end if;
end
$$;

-- Everything is taken away: of tables, columns and sequences, of our functions (those of extensions are others'), of
-- what will be made later, of the schema and of the database itself.
DO $$
declare
    grantee text;
    thing record;
begin
    for grantee in
        select distinct case when acl.grantee = 0 then 'PUBLIC' else quote_ident(pg_get_userbyid(acl.grantee)) end
        from pg_class c
        cross join lateral (
            select a.grantee from aclexplode(c.relacl) a
            union all select a.grantee from pg_attribute att, aclexplode(att.attacl) a where att.attrelid = c.oid
        ) acl
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'S')
            and pg_has_role(c.relowner, 'USAGE') and acl.grantee <> c.relowner
    loop
        execute format('revoke all on all tables in schema public from %s', grantee);
        execute format('revoke all on all sequences in schema public from %s', grantee);
        for thing in
            select c.oid::regclass as name, string_agg(quote_ident(att.attname), ', ') as columns
            from pg_class c join pg_attribute att on att.attrelid = c.oid and att.attacl is not null
            where c.relnamespace = 'public'::regnamespace and pg_has_role(c.relowner, 'USAGE')
            group by c.oid
        loop
            execute format('revoke all (%s) on %s from %s', thing.columns, thing.name, grantee);
        end loop;
    end loop;

    for thing in
        select p.oid::regprocedure as name, array(
            select distinct case when a.grantee = 0 then 'PUBLIC' else quote_ident(pg_get_userbyid(a.grantee)) end
            from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a where a.grantee <> p.proowner
        ) as grantees
        from pg_proc p
        where p.pronamespace = 'public'::regnamespace and pg_has_role(p.proowner, 'USAGE')
            and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
    loop
        foreach grantee in array thing.grantees loop
            execute format('revoke all on function %s from %s', thing.name, grantee);
        end loop;
    end loop;
    -- Whatever policy is left opens rows, beside ours.
    for thing in
        select polname as name, c.oid::regclass as its_table from pg_policy join pg_class c on c.oid = polrelid
        where c.relnamespace = 'public'::regnamespace and pg_has_role(c.relowner, 'USAGE')
    loop
        execute format('drop policy %I on %s', thing.name, thing.its_table);
    end loop;
    -- The global form: the one in a schema takes nothing from PUBLIC.
    alter default privileges revoke execute on functions from public;

    if (select pg_has_role(nspowner, 'USAGE') from pg_namespace where nspname = 'public') then
        for grantee in
            select distinct quote_ident(pg_get_userbyid(a.grantee)) from pg_namespace, aclexplode(nspacl) a
            where nspname = 'public' and a.grantee not in (0, nspowner)
        loop
            execute format('revoke all on schema public from %s', grantee);
        end loop;
        revoke create on schema public from public;
        grant usage on schema public to dealer_sales;
    end if;
    if (select pg_has_role(datdba, 'USAGE') from pg_database where datname = current_database()) then
        for grantee in
            select distinct quote_ident(pg_get_userbyid(a.grantee)) from pg_database, aclexplode(datacl) a
            where datname = current_database() and a.grantee not in (0, datdba)
        loop
            execute format('revoke all on database %I from %s', current_database(), grantee);
        end loop;
        execute format('revoke all on database %I from public', current_database());
        execute format('grant connect on database %I to dealer_sales', current_database());
        -- An import puts its rows into a temporary table first.
        execute format('grant temporary on database %I to dealer_manager', current_database());
    end if;
end
$$;

-- ---------------------------------------------------------------------------------------------------- everybody sees
GRANT SELECT ON
    users, customer_details, cars, car_photos, car_reports, reviews, orders, order_lines, deliveries, payments, dealer,
    requests, audit_log, approvals, drawers, drawer_moves, documents, document_templates, secrets, alembic_version
TO dealer_sales;
-- For backups: where the numbers stand.
GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO dealer_admin;
GRANT SELECT ON counters TO dealer_admin;

-- The history of one car or order, of a delivery, a payment, a customer; the whole of it is the managers'. A
-- condition by the table's name leaves the indexes in use.
ALTER TABLE audit_log ENABLE ROW LEVEL SECURITY;
CREATE POLICY audit_log_of_sales ON audit_log FOR SELECT TO dealer_sales
    USING (table_name IN ('cars', 'car_photos', 'car_reports', 'reviews', 'orders', 'order_lines', 'trade_ins',
        'deliveries', 'payments'));
CREATE POLICY audit_log_of_managers ON audit_log FOR SELECT TO dealer_manager USING (true);

-- ------------------------------------------------------------------------------------------------------- every sale
GRANT INSERT (user_id, salesperson_id, customer_name, customer_phone, customer_email, car_id, status, payment_method,
        total_amount, delivery_address, delivery_date),
    UPDATE (status, cancel_reason, payment_method, total_amount, user_id, customer_name, customer_phone,
        customer_email, delivery_address, delivery_date)
ON orders TO dealer_sales;
GRANT UPDATE (salesperson_id) ON orders TO dealer_manager;

GRANT INSERT (order_id, kind, title, quantity, amount, reason), UPDATE (kind, title, quantity, amount, reason), DELETE
ON order_lines TO dealer_sales;

GRANT INSERT (order_id, amount, status, payment_type, method, transaction_id, paid_at, refund_of, replaces, due_date,
        taken_by, drawer_id, agreed_car),
    UPDATE (amount, status, payment_type, method, transaction_id, paid_at, due_date, drawer_id)
ON payments TO dealer_sales;
GRANT UPDATE (taken_by) ON payments TO dealer_manager;

GRANT INSERT (order_id, status, tracking_number),
    UPDATE (status, tracking_number, delivered_at, failure_reason)
ON deliveries TO dealer_sales;

-- Closed by the count alone; the rules work out the rest.
GRANT INSERT (name, opening_amount, note), UPDATE (counted_amount, note) ON drawers TO dealer_sales;
GRANT INSERT (drawer_id, amount, reason) ON drawer_moves TO dealer_sales;
GRANT SELECT ON trade_ins TO dealer_sales;
GRANT INSERT (order_id, car_id, payment_id, payoff) ON trade_ins TO dealer_manager;

-- Only to lock it, as a sale does: cars_keep_id refuses the change.
GRANT UPDATE (id) ON cars TO dealer_sales;

GRANT INSERT (request_id, action, input_hash, result), UPDATE (result) ON requests TO dealer_sales;
-- A sum can be guessed from the hash of what was typed with it: what managers did with costs is theirs.
ALTER TABLE requests ENABLE ROW LEVEL SECURITY;
CREATE POLICY requests_of_sales ON requests FOR SELECT TO dealer_sales USING (action NOT LIKE 'costs.%');
CREATE POLICY requests_of_managers ON requests FOR SELECT TO dealer_manager USING (true);
CREATE POLICY requests_made ON requests FOR INSERT TO dealer_sales WITH CHECK (true);
-- What a form was told stays so: else a repeat of another's could be led to another record.
CREATE POLICY requests_done ON requests FOR UPDATE TO dealer_sales USING (result IS NULL) WITH CHECK (true);

-- ------------------------------------------------------------------------------------------------ customers, reviews
-- Rows of staff are changed by the staff functions alone (users_staff_by_function).
GRANT INSERT (email, full_name, phone, role, is_active), UPDATE (email, full_name, phone, is_active)
ON users TO dealer_sales;
-- By columns, so that nobody may lock the whole table; the history keeps no values of what would be deleted.
GRANT INSERT (user_id, kind, address, tax_id, document, birth_date, signed_by, signed_on_basis),
    UPDATE (kind, address, tax_id, document, birth_date, signed_by, signed_on_basis)
ON customer_details TO dealer_sales;
GRANT INSERT (user_id, customer_name, car_id, rating, comment), UPDATE (customer_name, rating, comment)
ON reviews TO dealer_sales;
GRANT DELETE ON reviews TO dealer_manager;

-- -------------------------------------------------------------------------------------------------------- approvals
-- One sees the own ones; managers see and decide all. The rules alone mark them as used.
GRANT INSERT (act, car_id, order_id, payment_id, amount, reason) ON approvals TO dealer_sales;
GRANT UPDATE (is_granted) ON approvals TO dealer_manager;
ALTER TABLE approvals ENABLE ROW LEVEL SECURITY;
CREATE POLICY approvals_own ON approvals FOR SELECT TO dealer_sales USING (asked_by = dealer_person());
CREATE POLICY approvals_asked ON approvals FOR INSERT TO dealer_sales WITH CHECK (true);
CREATE POLICY approvals_of_managers ON approvals TO dealer_manager USING (true) WITH CHECK (true);

-- --------------------------------------------------------------------------------------------------------- documents
-- Number, year, person and moment are the database's.
GRANT INSERT (kind, order_id, payment_id, drawer_id, language, facts) ON documents TO dealer_sales;
GRANT INSERT (kind, source), UPDATE (source), DELETE ON document_templates TO dealer_admin;
GRANT EXECUTE ON FUNCTION document_key(), document_key_keep(text, text) TO dealer_sales;
GRANT EXECUTE ON FUNCTION document_key_renew() TO dealer_admin;

-- ---------------------------------------------------------------------------------------------------------- the stock
GRANT INSERT (vin, make, model, year, mileage, price, condition, color, engine_type, transmission, status, description,
        stock_number, location, title_number, registration_number, arrived_on, hold_note, held_until),
    UPDATE (vin, make, model, year, mileage, price, condition, color, engine_type, transmission, status, description,
        stock_number, location, title_number, registration_number, arrived_on, hold_note, held_until),
    DELETE
ON cars TO dealer_manager;
GRANT INSERT (car_id, url, is_main, position), UPDATE (url, is_main, position), DELETE ON car_photos TO dealer_manager;
GRANT INSERT (car_id, report_type, data), UPDATE (report_type, data), DELETE ON car_reports TO dealer_manager;

-- -------------------------------------------------------------------------------------------------------------- costs
-- A salesperson reads them by no road: not the table, not its history, not the requests that wrote them.
GRANT SELECT, INSERT (car_id, order_id, line_id, kind, amount, incurred_on, note), UPDATE (kind, amount, incurred_on, note),
    DELETE
ON car_costs TO dealer_manager;

-- ------------------------------------------------------------------------------------------------------- the dealership
GRANT UPDATE (name, address, phone, tax_id, logo, currency, region, timezone, legal_name, signed_by, bank_details,
    uses_drawers, margin_vat, margin_vat_from, day_cost)
ON dealer TO dealer_admin;

-- ---------------------------------------------------------------------------------------------------------- functions
-- What defaults, checks, generated columns, indexes and the triggers that work as the writer call, and the lists read.
GRANT EXECUTE ON FUNCTION
    sort_key(text), clean(text), number_key(text), dealer_today(), dealer_role(), dealer_person(), paid_so_far(bigint), cars_cost(bigint, integer),
    refuse(text, text), require_manager(text, text), require_admin(text, text), require_staff(text, text),
    send_change(text, text, bigint[]), users_check_merge(users, users), change_mark(), changes_since(bigint)
TO dealer_sales;
GRANT EXECUTE ON FUNCTION customers_merge(bigint, bigint) TO dealer_manager;
GRANT EXECUTE ON FUNCTION
    staff_add(text, text, user_role, text, text), staff_role(text, user_role), staff_rename(text, text),
    staff_password(text, text), staff_off(text), staff_on(text), staff_end(text)
TO dealer_admin;
