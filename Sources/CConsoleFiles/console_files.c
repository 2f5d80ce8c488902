#include "console_files.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char index_html[] = {
#embed "files/index.html"
};

static const unsigned char console_css[] = {
#embed "files/console/console.css"
};

static const unsigned char favicon_svg[] = {
#embed "files/console/favicon.svg"
};

static const unsigned char forms_bid_form_js[] = {
#embed "files/console/forms/bid-form.js"
};

static const unsigned char forms_budget_form_js[] = {
#embed "files/console/forms/budget-form.js"
};

static const unsigned char forms_field_js[] = {
#embed "files/console/forms/field.js"
};

static const unsigned char forms_form_js[] = {
#embed "files/console/forms/form.js"
};

static const unsigned char forms_key_form_js[] = {
#embed "files/console/forms/key-form.js"
};

static const unsigned char forms_save_js[] = {
#embed "files/console/forms/save.js"
};

static const unsigned char pages_campaign_js[] = {
#embed "files/console/pages/campaign.js"
};

static const unsigned char pages_documents_js[] = {
#embed "files/console/pages/documents.js"
};

static const unsigned char pages_history_js[] = {
#embed "files/console/pages/history.js"
};

static const unsigned char pages_keys_js[] = {
#embed "files/console/pages/keys.js"
};

static const unsigned char pages_line_item_js[] = {
#embed "files/console/pages/line-item.js"
};

static const unsigned char pages_overview_js[] = {
#embed "files/console/pages/overview.js"
};

static const unsigned char pages_report_js[] = {
#embed "files/console/pages/report.js"
};

static const unsigned char pages_segments_js[] = {
#embed "files/console/pages/segments.js"
};

static const unsigned char pages_sign_in_js[] = {
#embed "files/console/pages/sign-in.js"
};

static const unsigned char pages_upload_js[] = {
#embed "files/console/pages/upload.js"
};

static const unsigned char pages_uploads_js[] = {
#embed "files/console/pages/uploads.js"
};

static const unsigned char parts_announce_js[] = {
#embed "files/console/parts/announce.js"
};

static const unsigned char parts_element_js[] = {
#embed "files/console/parts/element.js"
};

static const unsigned char parts_facts_js[] = {
#embed "files/console/parts/facts.js"
};

static const unsigned char parts_frame_js[] = {
#embed "files/console/parts/frame.js"
};

static const unsigned char parts_fresh_js[] = {
#embed "files/console/parts/fresh.js"
};

static const unsigned char parts_page_js[] = {
#embed "files/console/parts/page.js"
};

static const unsigned char parts_places_js[] = {
#embed "files/console/parts/places.js"
};

static const unsigned char parts_problem_box_js[] = {
#embed "files/console/parts/problem-box.js"
};

static const unsigned char parts_progress_js[] = {
#embed "files/console/parts/progress.js"
};

static const unsigned char parts_question_js[] = {
#embed "files/console/parts/question.js"
};

static const unsigned char parts_router_js[] = {
#embed "files/console/parts/router.js"
};

static const unsigned char parts_table_js[] = {
#embed "files/console/parts/table.js"
};

static const unsigned char plots_pacing_bar_js[] = {
#embed "files/console/plots/pacing-bar.js"
};

static const unsigned char plots_pacing_plot_js[] = {
#embed "files/console/plots/pacing-plot.js"
};

static const unsigned char plots_scale_js[] = {
#embed "files/console/plots/scale.js"
};

static const unsigned char plots_share_bar_js[] = {
#embed "files/console/plots/share-bar.js"
};

static const unsigned char server_api_js[] = {
#embed "files/console/server/api.js"
};

static const unsigned char server_problem_js[] = {
#embed "files/console/server/problem.js"
};

static const unsigned char server_session_js[] = {
#embed "files/console/server/session.js"
};

static const unsigned char server_upload_js[] = {
#embed "files/console/server/upload.js"
};

static const unsigned char start_js[] = {
#embed "files/console/start.js"
};

static const unsigned char values_documents_js[] = {
#embed "files/console/values/documents.js"
};

static const unsigned char values_money_js[] = {
#embed "files/console/values/money.js"
};

static const unsigned char values_numbers_js[] = {
#embed "files/console/values/numbers.js"
};

static const unsigned char values_stages_js[] = {
#embed "files/console/values/stages.js"
};

static const unsigned char values_times_js[] = {
#embed "files/console/values/times.js"
};

static const unsigned char values_upload_words_js[] = {
#embed "files/console/values/upload-words.js"
};

static const unsigned char views_campaign_card_js[] = {
#embed "files/console/views/campaign-card.js"
};

static const unsigned char views_change_list_js[] = {
#embed "files/console/views/change-list.js"
};

static const unsigned char views_delivery_js[] = {
#embed "files/console/views/delivery.js"
};

static const unsigned char views_funnel_js[] = {
#embed "files/console/views/funnel.js"
};

static const unsigned char views_line_item_table_js[] = {
#embed "files/console/views/line-item-table.js"
};

static const unsigned char views_pacing_table_js[] = {
#embed "files/console/views/pacing-table.js"
};

static const unsigned char views_report_table_js[] = {
#embed "files/console/views/report-table.js"
};

static const unsigned char views_targeting_js[] = {
#embed "files/console/views/targeting.js"
};

static const unsigned char views_upload_report_js[] = {
#embed "files/console/views/upload-report.js"
};

static const unsigned char openapi_yaml[] = {
#embed "../../docs/openapi.yaml"
};

#define FILE(path, name) {path, name, sizeof name}
static const struct nod_console_file files[] = {
    FILE("/", index_html),
    FILE("/console/console.css", console_css),
    FILE("/console/favicon.svg", favicon_svg),
    FILE("/console/forms/bid-form.js", forms_bid_form_js),
    FILE("/console/forms/budget-form.js", forms_budget_form_js),
    FILE("/console/forms/field.js", forms_field_js),
    FILE("/console/forms/form.js", forms_form_js),
    FILE("/console/forms/key-form.js", forms_key_form_js),
    FILE("/console/forms/save.js", forms_save_js),
    FILE("/console/pages/campaign.js", pages_campaign_js),
    FILE("/console/pages/documents.js", pages_documents_js),
    FILE("/console/pages/history.js", pages_history_js),
    FILE("/console/pages/keys.js", pages_keys_js),
    FILE("/console/pages/line-item.js", pages_line_item_js),
    FILE("/console/pages/overview.js", pages_overview_js),
    FILE("/console/pages/report.js", pages_report_js),
    FILE("/console/pages/segments.js", pages_segments_js),
    FILE("/console/pages/sign-in.js", pages_sign_in_js),
    FILE("/console/pages/upload.js", pages_upload_js),
    FILE("/console/pages/uploads.js", pages_uploads_js),
    FILE("/console/parts/announce.js", parts_announce_js),
    FILE("/console/parts/element.js", parts_element_js),
    FILE("/console/parts/facts.js", parts_facts_js),
    FILE("/console/parts/frame.js", parts_frame_js),
    FILE("/console/parts/fresh.js", parts_fresh_js),
    FILE("/console/parts/page.js", parts_page_js),
    FILE("/console/parts/places.js", parts_places_js),
    FILE("/console/parts/problem-box.js", parts_problem_box_js),
    FILE("/console/parts/progress.js", parts_progress_js),
    FILE("/console/parts/question.js", parts_question_js),
    FILE("/console/parts/router.js", parts_router_js),
    FILE("/console/parts/table.js", parts_table_js),
    FILE("/console/plots/pacing-bar.js", plots_pacing_bar_js),
    FILE("/console/plots/pacing-plot.js", plots_pacing_plot_js),
    FILE("/console/plots/scale.js", plots_scale_js),
    FILE("/console/plots/share-bar.js", plots_share_bar_js),
    FILE("/console/server/api.js", server_api_js),
    FILE("/console/server/problem.js", server_problem_js),
    FILE("/console/server/session.js", server_session_js),
    FILE("/console/server/upload.js", server_upload_js),
    FILE("/console/start.js", start_js),
    FILE("/console/values/documents.js", values_documents_js),
    FILE("/console/values/money.js", values_money_js),
    FILE("/console/values/numbers.js", values_numbers_js),
    FILE("/console/values/stages.js", values_stages_js),
    FILE("/console/values/times.js", values_times_js),
    FILE("/console/values/upload-words.js", values_upload_words_js),
    FILE("/console/views/campaign-card.js", views_campaign_card_js),
    FILE("/console/views/change-list.js", views_change_list_js),
    FILE("/console/views/delivery.js", views_delivery_js),
    FILE("/console/views/funnel.js", views_funnel_js),
    FILE("/console/views/line-item-table.js", views_line_item_table_js),
    FILE("/console/views/pacing-table.js", views_pacing_table_js),
    FILE("/console/views/report-table.js", views_report_table_js),
    FILE("/console/views/targeting.js", views_targeting_js),
    FILE("/console/views/upload-report.js", views_upload_report_js),
    FILE("/openapi.yaml", openapi_yaml),
};

struct nod_console_file nod_console_file_at(size_t index) {
  static const struct nod_console_file none = {NULL, NULL, 0};
  return index < sizeof files / sizeof files[0] ? files[index] : none;
}
