"""The second half of the table: the Wagtail admin, in the words of tests/permissions/table.py."""

from tests.permissions.table_of_office import OFFICE

# The admin: each of our own screens, and the main ones of Wagtail. Bruno writes PAP-01, whose things stand in the
# addresses; Gael writes CUI-01. What Gael meets at every other address is tried in tests/permissions/test_foreign.py.
# Farid, Chipo and Dalia are no staff: that every address below /admin/ is closed to them is tried apart.
DESK = (
    """
address                                              visitor   amina    gael   bruno   elena   admin
wagtailsnippets_courses_glossaryterm:list       GET       in      in     200     200     200     200
wagtailsnippets_courses_glossaryterm:add        GET       in      in     200     200     200     200
wagtailsnippets_courses_glossaryterm:edit       GET       in      in     404     200     404     200
wagtailsnippets_courses_glossaryterm:delete     GET       in      in     404     200     404     200
wagtailsnippets_courses_glossaryterm:delete     POST      in      in     404     302     404     302
wagtailsnippets_courses_glossaryterm:usage      GET       in      in     404     200     404     200
wagtailsnippets_courses_glossaryterm:history    GET       in      in     404     200     404     200
wagtailsnippets_courses_glossaryterm:copy       GET       in      in     404     200     404     200

wagtailsnippets_assessments_question:list       GET       in      in     200     200     200     200
wagtailsnippets_assessments_question:add        GET       in      in     200     200     200     200
wagtailsnippets_assessments_question:edit       GET       in      in     404     200     404     200
wagtailsnippets_assessments_question:delete     GET       in      in     404     302     404     302
wagtailsnippets_assessments_question:delete     POST      in      in     404     302     404     302
wagtailsnippets_assessments_question:usage      GET       in      in     404     200     404     200
wagtailsnippets_assessments_question:history    GET       in      in     404     200     404     200
wagtailsnippets_assessments_question:copy       GET       in      in     404     200     404     200
wagtailsnippets_assessments_question:unpublish  GET       in      in     404     200     404     200
wagtailsnippets_assessments_question:unpublish  POST      in      in     404     302     404     302
wagtailsnippets_assessments_question:exchange   GET       in      in     200     200     200     200
wagtailsnippets_assessments_question:exchange   POST      in      in     400     400     400     400
wagtailsnippets_assessments_question:exchange_file  GET   in      in     404     404     404     404

wagtailsnippets_programme_supportline:list      GET       in      in    back    back     200     200
wagtailsnippets_programme_supportline:add       GET       in      in    back    back     200     200
wagtailsnippets_programme_supportline:edit      GET       in      in    back    back     200     200
wagtailsnippets_programme_supportline:delete    GET       in      in    back    back     200     200
wagtailsnippets_programme_supportline:delete    POST      in      in    back    back     302     302
wagtailsnippets_programme_supportline:usage     GET       in      in    back    back     200     200
wagtailsnippets_programme_supportline:history   GET       in      in    back    back     200     200
wagtailsnippets_programme_supportline:copy      GET       in      in    back    back     200     200
wagtailsnippets_programme_supportline:inspect   GET       in      in    back    back     200     200

wagtailsnippets_media_library_recording:list    GET       in      in     200     200     200     200
wagtailsnippets_media_library_recording:add     GET       in      in     200     200     200     200
wagtailsnippets_media_library_recording:edit    GET       in      in     404     200     404     200
wagtailsnippets_media_library_recording:delete  GET       in      in     404     200     404     200
wagtailsnippets_media_library_recording:delete  POST      in      in     404     302     404     302
wagtailsnippets_media_library_recording:usage   GET       in      in     404     200     404     200
wagtailsnippets_media_library_recording:history GET       in      in     404     200     404     200

wagtailsnippets_assessments_quiz:list           GET       in      in     200     200     200     200
wagtailsnippets_assessments_quiz:add            GET       in      in     200     200     200     200
wagtailsnippets_assessments_quiz:edit           GET       in      in     404     200     404     200
wagtailsnippets_assessments_quiz:delete         GET       in      in     404     302     404     302
wagtailsnippets_assessments_quiz:delete         POST      in      in     404     302     404     302
wagtailsnippets_assessments_quiz:usage          GET       in      in     404     200     404     200
wagtailsnippets_assessments_quiz:analysis       GET       in      in     404     200     404     200
wagtailsnippets_assessments_quiz:mend           GET       in      in     404     200     404     200
wagtailsnippets_assessments_quiz:history        GET       in      in     404     200     404     200
wagtailsnippets_assessments_quiz:copy           GET       in      in     404     200     404     200
wagtailsnippets_assessments_quiz:unpublish      GET       in      in     404     200     404     200
wagtailsnippets_assessments_quiz:unpublish      POST      in      in     404     302     404     302

wagtailsnippets_courses_source:list             GET       in      in     200     200     200     200
wagtailsnippets_courses_source:add              GET       in      in     200     200     200     200
wagtailsnippets_courses_source:edit             GET       in      in     404     200     404     200
wagtailsnippets_courses_source:delete           GET       in      in     404     200     404     200
wagtailsnippets_courses_source:delete           POST      in      in     404     302     404     302
wagtailsnippets_courses_source:usage            GET       in      in     404     200     404     200
wagtailsnippets_courses_source:history          GET       in      in     404     200     404     200
wagtailsnippets_courses_source:copy             GET       in      in     404     200     404     200

wagtailsnippets_courses_topic:list              GET       in      in    back    back     200     200
wagtailsnippets_courses_topic:add               GET       in      in    back    back     200     200
wagtailsnippets_courses_topic:edit              GET       in      in    back    back     200     200
wagtailsnippets_courses_topic:delete            GET       in      in    back    back     200     200
wagtailsnippets_courses_topic:delete            POST      in      in    back    back     302     302
wagtailsnippets_courses_topic:usage             GET       in      in    back    back     200     200
wagtailsnippets_courses_topic:history           GET       in      in    back    back     200     200
wagtailsnippets_courses_topic:copy              GET       in      in    back    back     200     200

constancias:index                               GET       in      in    back    back     200     200
constancias:index                               POST      in      in    back    back     422     422
constancias:index#export                        POST      in      in    back    back     200     200
constancias:add                                 GET       in      in    back    back    back    back
constancias:edit                                GET       in      in    back    back    back    back
constancias:delete                              GET       in      in    back    back    back    back
constancias:delete                              POST      in      in    back    back    back    back
constancias:history                             GET       in      in    back    back     200     200
constancias:usage                               GET       in      in    back    back    back    back
constancias:inspect                             GET       in      in    back    back     200     200
constancias:revoke                              GET       in      in     404     404     200     200
constancias:revoke                              POST      in      in     404     404     302     302

solicitudes:index                               GET       in      in    back    back     200     200
solicitudes:add                                 GET       in      in    back    back    back    back
solicitudes:edit                                GET       in      in    back    back    back    back
solicitudes:delete                              GET       in      in    back    back    back    back
solicitudes:delete                              POST      in      in    back    back    back    back
solicitudes:history                             GET       in      in    back    back     200     200
solicitudes:usage                               GET       in      in    back    back    back    back
solicitudes:answer                              GET       in      in     404     404     200     200
solicitudes:answer                              POST      in      in     404     404     422     422
solicitudes:note_down                           GET       in      in     404     404     200     200
solicitudes:note_down                           POST      in      in     404     404     422     422


elegir_convenio:choose                          GET        in      in    back    back     200     200
elegir_convenio:choose_results                  GET        in      in    back    back     200     200
elegir_convenio:chosen                          GET        in      in    back    back     200     200
elegir_convenio:chosen_multiple                 GET        in      in    back    back     200     200

wagtailusers_users:index                        GET       in      in    back    back    back     200
wagtailusers_users:add                          GET       in      in    back    back    back     200
wagtailusers_users:edit                         GET       in      in    back    back    back     200
wagtailusers_users:delete                       GET       in      in    back    back    back    back
wagtailusers_users:delete                       POST      in      in    back    back    back    back
wagtailusers_users:history                      GET       in      in    back    back    back     200
wagtailusers_users:usage                        GET       in      in    back    back    back     200

course_desk:index                               GET       in      in     200     200     200     200
course_desk:help                                GET       in      in     302     302     302     302
course_desk:ready                               GET       in      in     404     200     404     200
course_desk:retire                              GET       in      in     404     200     404     200
course_desk:retire                              POST      in      in     404     302     404     302
course_desk:bring_back                          POST      in      in     404     302     404     302
course_learning:report                          GET       in      in     404     200     404     200
course_learning:path_file                       GET       in      in     404     200     404     200
course_learning:questions_file                  GET       in      in     404     200     404     200

course_versions:index                           GET       in      in     200     200     200     200
course_versions:history                         GET       in      in     404     200     404     200
course_versions:compare                         GET       in      in     404     404     404     404
course_versions:propose_again                   POST      in      in     404     302     404     302
course_versions:proposal                        GET       in      in     404     200     404     200
course_versions:release                         POST      in      in     404     302     404     302
course_versions:withdraw                        POST      in      in     404     302     404     302

course_translations:index                       GET       in      in     200     200     200     200
course_translations:course                      GET       in      in     404     200     404     200

wagtailusers_users:edit#admin                   GET       in      in    back    back    back     200
second_factor_reset                             GET       in      in    back    back    back     200
second_factor_reset                             POST      in      in    back    back    back     403

wagtailadmin_home                               GET       in      in     200     200     200     200
wagtailadmin_explore_root                       GET       in      in     302     302    back     200
wagtailadmin_explore                            GET       in      in     302     200    back     200
wagtailadmin_explore#course                     GET       in      in     404     200     404     200
wagtailadmin_account                            GET       in      in     200     200     200     200

wagtailadmin_pages:add_subpage                  GET       in      in    back     302    back     302
wagtailadmin_pages:add                          GET       in      in     200     200    back     200
wagtailadmin_pages:add#lesson                   GET       in      in    back     200    back     200
wagtailadmin_pages:add#information              GET       in      in    back    back    back     200
wagtailadmin_pages:edit                         GET       in      in    back     200    back     200
wagtailadmin_pages:edit#lesson                  GET       in      in    back     200    back     200
wagtailadmin_pages:edit#information             GET       in      in    back    back    back     200
wagtailadmin_pages:edit#home                    GET       in      in    back    back    back     200
wagtailadmin_pages:view_draft                   GET       in      in    back     200    back     200
wagtailadmin_pages:view_draft#lesson            GET       in      in    back     200    back     200
wagtailadmin_pages:preview_on_edit#lesson       GET       in      in    back     200    back     200
wagtailadmin_pages:history                      GET       in      in    back     200    back     200
wagtailadmin_pages:history#lesson               GET       in      in    back     200    back     200
wagtailadmin_pages:revisions_view               GET       in      in    back     200    back     200
wagtailadmin_pages:revisions_revert             GET       in      in    back     200    back     200
wagtailadmin_pages:revisions_compare            GET       in      in    back     200    back     200
wagtailadmin_pages:usage                        GET       in      in    back     200    back     200
wagtailadmin_pages:set_privacy                  GET       in      in    back     200    back     200
wagtailadmin_pages:search                       GET       in      in     200     200    back     200

wagtailadmin_reports:locked_pages               GET       in      in     200     200    back     200
wagtailadmin_reports:workflow                   GET       in      in     200     200    back     200
wagtailadmin_reports:workflow_tasks             GET       in      in     200     200    back     200
wagtailadmin_reports:site_history               GET       in      in     200     200     200     200
wagtailadmin_reports:aging_pages                GET       in      in     200     200    back     200
wagtailadmin_reports:page_types_usage           GET       in      in     200     200    back     200

wagtailadmin_workflows:index                    GET       in      in    back    back    back     200
wagtailadmin_workflows:task_index               GET       in      in    back    back    back     200

wagtailadmin_collections:index                  GET       in      in    back    back    back     200
wagtailadmin_collections:add                    GET       in      in    back    back    back     200

wagtailsettings:edit                            GET       in      in    back    back     200     200

wagtailimages:index                             GET       in      in     200     200     200     200
wagtailimages:add                               GET       in      in     200     200     200     200
wagtailimages:edit                              GET       in      in    back     200    back     200

wagtaildocs:index                               GET       in      in     200     200     200     200
wagtaildocs:add                                 GET       in      in     200     200     200     200
wagtaildocs:edit                                GET       in      in    back     200    back     200

wagtailusers_groups:index                       GET       in      in    back    back    back     200
wagtailusers_groups:add                         GET       in      in    back    back    back     200
wagtailusers_groups:edit                        GET       in      in    back    back    back     200

wagtailsites:index                              GET       in      in    back    back    back     200
wagtailsites:edit                               GET       in      in    back    back    back     200

wagtaillocales:index                            GET       in      in    back    back    back     200
wagtaillocales:edit                             GET       in      in    back    back    back     200

wagtailsnippets:index                           GET       in      in    back    back    back    back

wagtail_localize:submit_page_translation        GET       in      in     404     200     404     200
wagtail_localize:submit_page_translation        POST      in      in     404     200     404     200
wagtail_localize:submit_page_translation#home   GET       in      in     404     404     404     200
wagtail_localize:submit_page_translation#home   POST      in      in     404     404     404     200
wagtail_localize:submit_page_translation#information GET  in      in     404     404     404     200
wagtail_localize:submit_snippet_translation     GET       in      in     404     200     404     200
wagtail_localize:submit_snippet_translation     POST      in      in     404     200     404     200
wagtail_localize:convert_to_alias#information   GET       in      in     404     404     404     404
wagtail_localize:translations_report            GET       in      in     200     200     200     200

wagtailadmin_pages:delete                       GET       in      in    back     302    back     302
wagtailadmin_pages:delete                       POST      in      in    back     302    back     302
wagtailadmin_pages:delete#lesson                GET       in      in    back     200    back     200
wagtailadmin_pages:delete#lesson                POST      in      in    back     302    back     302
wagtailadmin_pages:delete#released              GET       in      in    back     302    back     302
wagtailadmin_pages:delete#released              POST      in      in    back     302    back     302
wagtailadmin_pages:delete#information           GET       in      in    back    back    back     200
wagtailadmin_pages:delete#information           POST      in      in    back    back    back     302
wagtailadmin_pages:unpublish                    GET       in      in    back     200    back     200
wagtailadmin_pages:unpublish                    POST      in      in    back     302    back     302
wagtailadmin_pages:unpublish#lesson             GET       in      in    back     200    back     200
wagtailadmin_pages:unpublish#lesson             POST      in      in    back     302    back     302
wagtailadmin_pages:move                         GET       in      in    back     200    back     200
wagtailadmin_pages:move                         POST      in      in    back     200    back     200
wagtailadmin_pages:move_confirm                 POST      in      in     404     404     404     302
wagtailadmin_pages:move_confirm#foreign         GET       in      in     404     404     404     200
wagtailadmin_api:pages:listing                  GET       in      in     200     200     200     200
wagtailadmin_api:pages:detail                   GET       in      in     404     200     404     200
wagtailadmin_api:pages:action                   GET       in      in     405     405     405     405
wagtailadmin_api:pages:action                   POST      in      in     404     404     404     404
wagtailadmin_api:pages:action#copy              POST      in      in     404     404     404     404
wagtailadmin_api:pages:action#publish           POST      in      in     404     404     404     404
wagtailadmin_api:pages:action#unpublish         POST      in      in     404     404     404     404
wagtailadmin_api:pages:action#move              POST      in      in     404     404     404     404
wagtailadmin_api:pages:action#create_alias      POST      in      in     404     404     404     404
wagtailadmin_api:pages:action#revert            POST      in      in     404     404     404     404
wagtailadmin_api:pages:action#convert_alias     POST      in      in     404     404     404     404
wagtailadmin_api:pages:action#translate         POST      in      in     404     404     404     404
wagtailadmin_pages:copy#information             GET       in      in    back    back    back     200
wagtailadmin_pages:copy#information             POST      in      in    back    back    back     302
wagtailadmin_pages:copy                         GET       in      in    back     200    back     200
wagtailadmin_pages:copy                         POST      in      in    back     302    back     302
wagtailadmin_pages:copy#lesson                  GET       in      in    back     200    back     200
wagtailadmin_pages:copy#lesson                  POST      in      in    404      302     404     302
wagtailadmin_pages:lock                         POST      in      in    back     302    back     302
wagtailadmin_pages:unlock                       POST      in      in    back     302    back     302
wagtailadmin_pages:set_page_position            POST      in      in    back    back    back     200

wagtailimages:delete                            GET       in      in    back     200    back     200
wagtailimages:delete                            POST      in      in    back     302    back     302

wagtaildocs:delete                              GET       in      in    back     200    back     200
wagtaildocs:delete                              POST      in      in    back     302    back     302

wagtailusers_groups:delete                      GET       in      in    back    back    back     200
wagtailusers_groups:delete                      POST      in      in    back    back    back     302

wagtailsites:delete                             GET       in      in    back    back    back     200
wagtailsites:delete                             POST      in      in    back    back    back     302

wagtaillocales:delete                           GET       in      in    back    back    back     200
wagtaillocales:delete                           POST      in      in    back    back    back     200

wagtailadmin_logout                             POST      in      in      in      in      in      in
wagtailadmin_login                              GET       in      in      in      in      in      in
wagtailadmin_login                              POST      in      in      in      in      in      in
wagtailadmin_password_reset                     GET      302     302     302     302     302     302
wagtailadmin_password_reset                     POST     302     302     302     302     302     302
"""
    + OFFICE
)
