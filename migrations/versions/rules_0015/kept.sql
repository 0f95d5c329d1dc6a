-- The triggers of the tables that have a history.

create trigger users_history_insert after insert on public.users
    referencing new table as new_rows
    for each statement execute function public.write_history();
create trigger users_history_update after update on public.users
    referencing old table as old_rows new table as new_rows
    for each statement execute function public.write_history();
create trigger users_history_delete after delete on public.users
    referencing old table as old_rows
    for each statement execute function public.write_history();
create trigger cars_history_insert after insert on public.cars
    referencing new table as new_rows
    for each statement execute function public.write_history();
create trigger cars_history_update after update on public.cars
    referencing old table as old_rows new table as new_rows
    for each statement execute function public.write_history();
create trigger cars_history_delete after delete on public.cars
    referencing old table as old_rows
    for each statement execute function public.write_history();
create trigger car_photos_history_insert after insert on public.car_photos
    referencing new table as new_rows
    for each statement execute function public.write_history();
create trigger car_photos_history_update after update on public.car_photos
    referencing old table as old_rows new table as new_rows
    for each statement execute function public.write_history();
create trigger car_photos_history_delete after delete on public.car_photos
    referencing old table as old_rows
    for each statement execute function public.write_history();
create trigger car_costs_history_insert after insert on public.car_costs
    referencing new table as new_rows
    for each statement execute function public.write_history();
create trigger car_costs_history_update after update on public.car_costs
    referencing old table as old_rows new table as new_rows
    for each statement execute function public.write_history();
create trigger car_costs_history_delete after delete on public.car_costs
    referencing old table as old_rows
    for each statement execute function public.write_history();
create trigger orders_history_insert after insert on public.orders
    referencing new table as new_rows
    for each statement execute function public.write_history();
create trigger orders_history_update after update on public.orders
    referencing old table as old_rows new table as new_rows
    for each statement execute function public.write_history();
create trigger orders_history_delete after delete on public.orders
    referencing old table as old_rows
    for each statement execute function public.write_history();
create trigger trade_ins_history_insert after insert on public.trade_ins
    referencing new table as new_rows
    for each statement execute function public.write_history();
create trigger trade_ins_history_update after update on public.trade_ins
    referencing old table as old_rows new table as new_rows
    for each statement execute function public.write_history();
create trigger trade_ins_history_delete after delete on public.trade_ins
    referencing old table as old_rows
    for each statement execute function public.write_history();
create trigger deliveries_history_insert after insert on public.deliveries
    referencing new table as new_rows
    for each statement execute function public.write_history();
create trigger deliveries_history_update after update on public.deliveries
    referencing old table as old_rows new table as new_rows
    for each statement execute function public.write_history();
create trigger deliveries_history_delete after delete on public.deliveries
    referencing old table as old_rows
    for each statement execute function public.write_history();
create trigger payments_history_insert after insert on public.payments
    referencing new table as new_rows
    for each statement execute function public.write_history();
create trigger payments_history_update after update on public.payments
    referencing old table as old_rows new table as new_rows
    for each statement execute function public.write_history();
create trigger payments_history_delete after delete on public.payments
    referencing old table as old_rows
    for each statement execute function public.write_history();
create trigger order_lines_history_insert after insert on public.order_lines
    referencing new table as new_rows
    for each statement execute function public.write_history();
create trigger order_lines_history_update after update on public.order_lines
    referencing old table as old_rows new table as new_rows
    for each statement execute function public.write_history();
create trigger order_lines_history_delete after delete on public.order_lines
    referencing old table as old_rows
    for each statement execute function public.write_history();
create trigger car_reports_history_insert after insert on public.car_reports
    referencing new table as new_rows
    for each statement execute function public.write_history();
create trigger car_reports_history_update after update on public.car_reports
    referencing old table as old_rows new table as new_rows
    for each statement execute function public.write_history();
create trigger car_reports_history_delete after delete on public.car_reports
    referencing old table as old_rows
    for each statement execute function public.write_history();
create trigger reviews_history_insert after insert on public.reviews
    referencing new table as new_rows
    for each statement execute function public.write_history();
create trigger reviews_history_update after update on public.reviews
    referencing old table as old_rows new table as new_rows
    for each statement execute function public.write_history();
create trigger reviews_history_delete after delete on public.reviews
    referencing old table as old_rows
    for each statement execute function public.write_history();
create trigger dealer_history_insert after insert on public.dealer
    referencing new table as new_rows
    for each statement execute function public.write_history();
create trigger dealer_history_update after update on public.dealer
    referencing old table as old_rows new table as new_rows
    for each statement execute function public.write_history();
create trigger dealer_history_delete after delete on public.dealer
    referencing old table as old_rows
    for each statement execute function public.write_history();
create trigger approvals_history_insert after insert on public.approvals
    referencing new table as new_rows
    for each statement execute function public.write_history();
create trigger approvals_history_update after update on public.approvals
    referencing old table as old_rows new table as new_rows
    for each statement execute function public.write_history();
create trigger approvals_history_delete after delete on public.approvals
    referencing old table as old_rows
    for each statement execute function public.write_history();
create trigger documents_history_insert after insert on public.documents
    referencing new table as new_rows
    for each statement execute function public.write_history();
create trigger documents_history_update after update on public.documents
    referencing old table as old_rows new table as new_rows
    for each statement execute function public.write_history();
create trigger documents_history_delete after delete on public.documents
    referencing old table as old_rows
    for each statement execute function public.write_history();
create trigger document_templates_history_insert after insert on public.document_templates
    referencing new table as new_rows
    for each statement execute function public.write_history();
create trigger document_templates_history_update after update on public.document_templates
    referencing old table as old_rows new table as new_rows
    for each statement execute function public.write_history();
create trigger document_templates_history_delete after delete on public.document_templates
    referencing old table as old_rows
    for each statement execute function public.write_history();
create trigger drawers_history_insert after insert on public.drawers
    referencing new table as new_rows
    for each statement execute function public.write_history();
create trigger drawers_history_update after update on public.drawers
    referencing old table as old_rows new table as new_rows
    for each statement execute function public.write_history();
create trigger drawers_history_delete after delete on public.drawers
    referencing old table as old_rows
    for each statement execute function public.write_history();
create trigger drawer_moves_history_insert after insert on public.drawer_moves
    referencing new table as new_rows
    for each statement execute function public.write_history();
create trigger drawer_moves_history_update after update on public.drawer_moves
    referencing old table as old_rows new table as new_rows
    for each statement execute function public.write_history();
create trigger drawer_moves_history_delete after delete on public.drawer_moves
    referencing old table as old_rows
    for each statement execute function public.write_history();
create trigger customer_details_history_insert after insert on public.customer_details
    referencing new table as new_rows
    for each statement execute function public.write_details_history();
create trigger customer_details_history_update after update on public.customer_details
    referencing old table as old_rows new table as new_rows
    for each statement execute function public.write_details_history();
create trigger customer_details_history_delete after delete on public.customer_details
    referencing old table as old_rows
    for each statement execute function public.write_details_history();
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
create trigger car_costs_notify_insert after insert on public.car_costs
    referencing new table as new_rows
    for each statement execute function public.notify_change('of a car');
create trigger car_costs_notify_update after update on public.car_costs
    referencing new table as new_rows
    for each statement execute function public.notify_change('of a car');
create trigger car_costs_notify_delete after delete on public.car_costs
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
create trigger trade_ins_notify_insert after insert on public.trade_ins
    referencing new table as new_rows
    for each statement execute function public.notify_change('of a car');
create trigger trade_ins_notify_update after update on public.trade_ins
    referencing new table as new_rows
    for each statement execute function public.notify_change('of a car');
create trigger trade_ins_notify_delete after delete on public.trade_ins
    referencing old table as old_rows
    for each statement execute function public.notify_change('of a car');
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
create trigger order_lines_notify_insert after insert on public.order_lines
    referencing new table as new_rows
    for each statement execute function public.notify_change();
create trigger order_lines_notify_update after update on public.order_lines
    referencing new table as new_rows
    for each statement execute function public.notify_change();
create trigger order_lines_notify_delete after delete on public.order_lines
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
create trigger approvals_notify_insert after insert on public.approvals
    referencing new table as new_rows
    for each statement execute function public.notify_change();
create trigger approvals_notify_update after update on public.approvals
    referencing new table as new_rows
    for each statement execute function public.notify_change();
create trigger approvals_notify_delete after delete on public.approvals
    referencing old table as old_rows
    for each statement execute function public.notify_change();
create trigger documents_notify_insert after insert on public.documents
    referencing new table as new_rows
    for each statement execute function public.notify_change();
create trigger documents_notify_update after update on public.documents
    referencing new table as new_rows
    for each statement execute function public.notify_change();
create trigger documents_notify_delete after delete on public.documents
    referencing old table as old_rows
    for each statement execute function public.notify_change();
create trigger document_templates_notify_insert after insert on public.document_templates
    referencing new table as new_rows
    for each statement execute function public.notify_change();
create trigger document_templates_notify_update after update on public.document_templates
    referencing new table as new_rows
    for each statement execute function public.notify_change();
create trigger document_templates_notify_delete after delete on public.document_templates
    referencing old table as old_rows
    for each statement execute function public.notify_change();
create trigger drawers_notify_insert after insert on public.drawers
    referencing new table as new_rows
    for each statement execute function public.notify_change();
create trigger drawers_notify_update after update on public.drawers
    referencing new table as new_rows
    for each statement execute function public.notify_change();
create trigger drawers_notify_delete after delete on public.drawers
    referencing old table as old_rows
    for each statement execute function public.notify_change();
create trigger drawer_moves_notify_insert after insert on public.drawer_moves
    referencing new table as new_rows
    for each statement execute function public.notify_change();
create trigger drawer_moves_notify_update after update on public.drawer_moves
    referencing new table as new_rows
    for each statement execute function public.notify_change();
create trigger drawer_moves_notify_delete after delete on public.drawer_moves
    referencing old table as old_rows
    for each statement execute function public.notify_change();
create trigger customer_details_notify_insert after insert on public.customer_details
    referencing new table as new_rows
    for each statement execute function public.notify_details();
create trigger customer_details_notify_update after update on public.customer_details
    referencing new table as new_rows
    for each statement execute function public.notify_details();
create trigger customer_details_notify_delete after delete on public.customer_details
    referencing old table as old_rows
    for each statement execute function public.notify_details();
