"""The permissions of the whole site as one table: who asks, what for, and what she is answered.

Amina's things are asked for: her enrolment, her try, her certificate, the group in which she learns. Farid learns in
the same group. Chipo is focal point of her hospital, Dalia of another place. Gael facilitates another group; Bruno
trains, and facilitates hers. Elena is programme staff. An address that carries no thing is each reader's own.

`in` leads to sign-in, `back` is the admin's refusal (302 to its front page), `302` leads on; other people's things
are 404. `#word` is the same address with another thing in it (tests/permissions/asking.py says which).
"""

from __future__ import annotations

from dataclasses import dataclass

# Every named address outside of the admin, and every kind of page.
SITE = """
address                                     visitor   amina   farid   chipo   dalia    gael   bruno   elena   admin
page:home                              GET      200     200     200     200     200     200     200     200     200
page:home                              POST     405     405     405     405     405     405     405     405     405
page:information                       GET      200     200     200     200     200     200     200     200     200
page:information                       POST     405     405     405     405     405     405     405     405     405
page:catalogue                         GET      200     200     200     200     200     200     200     200     200
page:catalogue                         POST     405     405     405     405     405     405     405     405     405
page:course                            GET      200     200     200     200     200     200     200     200     200
page:course                            POST     405     405     405     405     405     405     405     405     405
page:draft_course                      GET      404     404     404     404     404     404     404     404     404
page:draft_course                      POST     404     405     405     405     405     405     405     405     405
page:module                            GET      302     302     302     302     302     302     302     302     302
page:module                            POST     405     405     405     405     405     405     405     405     405
page:lesson                            GET       in     200     200     302     302     302     200     302     200
page:lesson                            POST     405     405     405     405     405     405     405     405     405
page:lesson_of_a_draft_course          GET       in     302     302     302     302     302     200     302     200
page:lesson_of_a_draft_course          POST     405     405     405     405     405     405     405     405     405
page:draft_lesson                      GET      404     404     404     404     404     404     404     404     404
page:draft_lesson                      POST     405     405     405     405     405     405     405     405     405
page:quiz                              GET       in     200     200     302     302     302     200     302     200
page:quiz                              POST     405     405     405     405     405     405     405     405     405

search:results                         GET      200     200     200     200     200     200     200     200     200
search:results                         POST     405     405     405     405     405     405     405     405     405

learning:home                          GET       in     200     200     200     200     200     200     200     200
learning:home                          POST      in     405     405     405     405     405     405     405     405
learning:record                        GET       in     200     200     200     200     200     200     200     200
learning:record                        POST      in     405     405     405     405     405     405     405     405
learning:resume                        GET       in     302     404     404     404     404     404     404     404
learning:resume                        POST      in     405     405     405     405     405     405     405     405
learning:code                          GET       in     200     200     200     200     200     200     200     200
learning:code                          POST      in     400     400     302     302     302     302     302     302
learning:enrol                         GET       in     200     200     200     200     200     200     200     200
learning:enrol                         POST      in     302     302     302     302     302     302     302     302
learning:enrol#closed                  GET       in     200     200     200     200     200     200     200     200
learning:enrol#closed                  POST      in     302     302     302     302     302     302     302     302
learning:leave                         GET       in     405     405     405     405     405     405     405     405
learning:leave                         POST      in     302     404     404     404     404     404     404     404
learning:complete                      GET       in     405     405     405     405     405     405     405     405
learning:complete                      POST      in     302     302     404     404     404     404     404     404
learning:complete#draft                GET       in     405     405     405     405     405     405     405     405
learning:complete#draft                POST      in     404     404     404     404     404     404     404     404
learning:complete#quiz                 GET       in     405     405     405     405     405     405     405     405
learning:complete#quiz                 POST      in     404     404     404     404     404     404     404     404
learning:skip                          GET       in     405     405     405     405     405     405     405     405
learning:skip                          POST      in     302     302     404     404     404     404     404     404
learning:skip#lesson                   GET       in     405     405     405     405     405     405     405     405
learning:skip#lesson                   POST      in     404     404     404     404     404     404     404     404
learning:reflect                       GET       in     405     405     405     405     405     405     405     405
learning:reflect                       POST      in     302     302     404     404     404     404     404     404
learning:start_quiz                    GET       in     405     405     405     405     405     405     405     405
learning:start_quiz                    POST      in     302     302     404     404     404     404     404     404
learning:cohorts                       GET       in     404     404     404     404     200     200     404     404
learning:cohorts                       POST      in     405     405     405     405     405     405     405     405
learning:cohort                        GET       in     404     404     404     404     404     200     404     404
learning:cohort                        POST      in     405     405     405     405     405     405     405     405
learning:cohort#gael                   GET       in     404     404     404     404     200     404     404     404
learning:cohort#gael                   POST      in     405     405     405     405     405     405     405     405
learning:give_attempt                  GET       in     405     405     405     405     405     405     405     405
learning:give_attempt                  POST      in     404     404     404     404     404     302     404     404
learning:give_attempt#lesson           GET       in     405     405     405     405     405     405     405     405
learning:give_attempt#lesson           POST      in     404     404     404     404     404     404     404     404
learning:accredit                      GET       in     405     405     405     405     405     405     405     405
learning:accredit                      POST      in     404     404     404     404     404     302     404     404
learning:accredit#lesson               GET       in     405     405     405     405     405     405     405     405
learning:accredit#lesson               POST      in     404     404     404     404     404     404     404     404

assessments:resume                     GET       in     302     404     404     404     404     404     404     404
assessments:resume                     POST     405     405     405     405     405     405     405     405     405
assessments:question                   GET       in     200     404     404     404     404     404     404     404
assessments:question                   POST      in     302     404     404     404     404     404     404     404
assessments:question#handed_in         GET       in     302     404     404     404     404     404     404     404
assessments:question#handed_in         POST      in     409     404     404     404     404     404     404     404
assessments:question#none              GET       in     404     404     404     404     404     404     404     404
assessments:question#none              POST      in     404     404     404     404     404     404     404     404
assessments:review                     GET       in     200     404     404     404     404     404     404     404
assessments:review                     POST     405     405     405     405     405     405     405     405     405
assessments:submit                     GET       in     302     404     404     404     404     404     404     404
assessments:submit                     POST      in     302     404     404     404     404     404     404     404
assessments:submit#handed_in           GET       in     302     404     404     404     404     404     404     404
assessments:submit#handed_in           POST      in     302     404     404     404     404     404     404     404
assessments:result                     GET       in     302     404     404     404     404     404     404     404
assessments:result                     POST     405     405     405     405     405     405     405     405     405
assessments:result#handed_in           GET       in     200     404     404     404     404     404     404     404
assessments:result#handed_in           POST     405     405     405     405     405     405     405     405     405

certificates:verify                    GET      200     200     200     200     200     200     200     200     200
certificates:verify                    POST     405     405     405     405     405     405     405     405     405
certificates:verify_code               GET      200     200     200     200     200     200     200     200     200
certificates:verify_code               POST     405     405     405     405     405     405     405     405     405
certificates:download                  GET       in     200     404     404     404     404     404     404     404
certificates:download                  POST      in     405     405     405     405     405     405     405     405

media_library:picture                  GET      200     200     200     200     200     200     200     200     200
media_library:picture                  POST     405     405     405     405     405     405     405     405     405
media_library:picture#recording        GET      404     404     404     404     404     404     404     404     404
media_library:picture#recording        POST     405     405     405     405     405     405     405     405     405
media_library:recording                GET      404     200     200     404     404     404     200     200     200
media_library:recording                POST     405     405     405     405     405     405     405     405     405
media_library:document                 GET      404     200     200     404     404     404     200     200     200
media_library:document                 POST     405     405     405     405     405     405     405     405     405
media_library:document#draft           GET      404     404     404     404     404     404     200     200     200
media_library:document#draft           POST     405     405     405     405     405     405     405     405     405

accounts:profile                       GET       in     200     200     200     200     200     200     200     200
accounts:profile                       POST      in     200     200     200     200     200     200     200     200
accounts:contact                       GET       in     200     200     200     200     200     200     200     200
accounts:contact                       POST      in     200     200     200     200     200     200     200     200
accounts:privacy                       GET      200     200     200     200     200     200     200     200     200
accounts:privacy                       POST     405     405     405     405     405     405     405     405     405
accounts:consent                       GET       in     405     405     405     405     405     405     405     405
accounts:consent                       POST      in     302     302     302     302     302     302     302     302
accounts:my_data                       GET       in     200     200     200     200     200     200     200     200
accounts:my_data                       POST     405     405     405     405     405     405     405     405     405
accounts:download                      GET       in     200     200     200     200     200     200     200     200
accounts:download                      POST     405     405     405     405     405     405     405     405     405
accounts:people_codes                  GET       in     404     404     404     404     200     200     404     200
accounts:people_codes                  POST      in     404     404     404     404     200     200     404     200
accounts:reset_pin                     GET       in     405     405     405     405     405     405     405     405
accounts:reset_pin                     POST      in     404     403     404     404     404     200     404     200
accounts:reset_pin#admin               GET       in     405     405     405     405     405     405     405     405
accounts:reset_pin#admin               POST      in     404     404     404     404     404     404     404     403
accounts:reset_pin#amina               GET       in     405     405     405     405     405     405     405     405
accounts:reset_pin#amina               POST      in     403     404     404     404     404     403     404     403

account_login                          GET      200     302     302     302     302     302     302     302     302
account_login                          POST     302     302     302     302     302     302     302     302     302
account_logout                         GET      302     200     200     200     200     200     200     200     200
account_logout                         POST     302     302     302     302     302     302     302     302     302
account_signup                         GET      200     302     302     302     302     302     302     302     302
account_signup                         POST     400     302     302     302     302     302     302     302     302
account_inactive                       GET      200     200     200     200     200     200     200     200     200
account_inactive                       POST     405     405     405     405     405     405     405     405     405
account_reauthenticate                 GET       in     200     200     200     200     200     200     200     200
account_reauthenticate                 POST      in     200     200     200     200     200     200     200     200
account_email                          GET      302     302     302     302     302     302     302     302     302
account_email                          POST     302     302     302     302     302     302     302     302     302
account_email_verification_sent        GET      200     200     200     200     200     200     200     200     200
account_email_verification_sent        POST     405     405     405     405     405     405     405     405     405
account_confirm_email                  GET      200     200     200     200     200     200     200     200     200
account_confirm_email                  POST     404     404     404     404     404     404     404     404     404
account_change_password                GET       in     200     200     200     200     200     200     200     200
account_change_password                POST      in     400     400     400     400     400     400     400     400
account_set_password                   GET       in     302     302     302     302     302     302     302     302
account_set_password                   POST      in     302     302     302     302     302     302     302     302
account_reset_password                 GET      200     200     200     200     200     200     200     200     200
account_reset_password                 POST     400     400     400     400     400     400     400     400     400
account_reset_password_done            GET      200     200     200     200     200     200     200     200     200
account_reset_password_done            POST     405     405     405     405     405     405     405     405     405
account_reset_password_from_key        GET      200     200     200     200     200     200     200     200     200
account_reset_password_from_key        POST     200     200     200     200     200     200     200     200     200
account_reset_password_from_key_done   GET      200     200     200     200     200     200     200     200     200
account_reset_password_from_key_done   POST     405     405     405     405     405     405     405     405     405

mfa_index                              GET       in     200     200     200     200     200     200     200     200
mfa_index                              POST      in     405     405     405     405     405     405     405     405
mfa_authenticate                       GET       in     302     302     302     302     302     302     302     302
mfa_authenticate                       POST      in     302     302     302     302     302     302     302     302
mfa_reauthenticate                     GET       in     302     302     302     302     302     302     302     302
mfa_reauthenticate                     POST      in     302     302     302     302     302     302     302     302
mfa_activate_totp                      GET       in     302     302     302     302     302     302     302     302
mfa_activate_totp                      POST      in     302     302     302     302     302     302     302     302
mfa_deactivate_totp                    GET       in     404     404     404     404     404     404     404     404
mfa_deactivate_totp                    POST      in     404     404     404     404     404     404     404     404
mfa_view_recovery_codes                GET       in     404     404     404     404     404     404     404     404
mfa_view_recovery_codes                POST      in     405     405     405     405     405     405     405     405
mfa_generate_recovery_codes            GET       in     302     302     302     302     302     302     302     302
mfa_generate_recovery_codes            POST      in     302     302     302     302     302     302     302     302
mfa_download_recovery_codes            GET       in     404     404     404     404     404     404     404     404
mfa_download_recovery_codes            POST      in     404     404     404     404     404     404     404     404

programme:abuse                        GET      200     200     200     200     200     200     200     200     200
programme:abuse                        POST     405     405     405     405     405     405     405     405     405
programme:lines                        GET      200     200     200     200     200     200     200     200     200
programme:lines                        POST     405     405     405     405     405     405     405     405     405
programme:healthz                      GET      200     200     200     200     200     200     200     200     200
programme:healthz                      POST     405     405     405     405     405     405     405     405     405
programme:robots                       GET      200     200     200     200     200     200     200     200     200
programme:robots                       POST     405     405     405     405     405     405     405     405     405

set_language                           GET      302     302     302     302     302     302     302     302     302
set_language                           POST     302     302     302     302     302     302     302     302     302

wagtailcore_authenticate_with_password GET      404     404     404     404     404     404     404     404     404
wagtailcore_authenticate_with_password POST     404     404     404     404     404     404     404     404     404
wagtailcore_login                      GET      404     404     404     404     404     404     404     404     404
wagtailcore_login                      POST     404     404     404     404     404     404     404     404     404
"""

# The admin: each of our own screens, and the main ones of Wagtail. Farid, Chipo, Dalia and Gael are no staff there
# either: that every address below /admin/ is closed to them is tried apart.
DESK = """
address                                              visitor   amina   bruno   elena   admin
wagtailsnippets_courses_glossaryterm:list       GET       in      in     200    back     200
wagtailsnippets_courses_glossaryterm:add        GET       in      in     200    back     200
wagtailsnippets_courses_glossaryterm:edit       GET       in      in     200    back     200
wagtailsnippets_courses_glossaryterm:delete     GET       in      in     200    back     200
wagtailsnippets_courses_glossaryterm:delete     POST      in      in     302    back     302
wagtailsnippets_courses_glossaryterm:usage      GET       in      in     200    back     200
wagtailsnippets_courses_glossaryterm:history    GET       in      in     200    back     200
wagtailsnippets_courses_glossaryterm:copy       GET       in      in     200    back     200

wagtailsnippets_assessments_question:list       GET       in      in     200    back     200
wagtailsnippets_assessments_question:add        GET       in      in     200    back     200
wagtailsnippets_assessments_question:edit       GET       in      in     200    back     200
wagtailsnippets_assessments_question:delete     GET       in      in     302    back     302
wagtailsnippets_assessments_question:delete     POST      in      in     302    back     302
wagtailsnippets_assessments_question:usage      GET       in      in     200    back     200
wagtailsnippets_assessments_question:history    GET       in      in     200    back     200
wagtailsnippets_assessments_question:copy       GET       in      in     200    back     200
wagtailsnippets_assessments_question:unpublish  GET       in      in     200    back     200
wagtailsnippets_assessments_question:unpublish  POST      in      in     302    back     302

wagtailsnippets_programme_supportline:list      GET       in      in    back     200     200
wagtailsnippets_programme_supportline:add       GET       in      in    back     200     200
wagtailsnippets_programme_supportline:edit      GET       in      in    back     200     200
wagtailsnippets_programme_supportline:delete    GET       in      in    back     200     200
wagtailsnippets_programme_supportline:delete    POST      in      in    back     302     302
wagtailsnippets_programme_supportline:usage     GET       in      in    back     200     200
wagtailsnippets_programme_supportline:history   GET       in      in    back     200     200
wagtailsnippets_programme_supportline:copy      GET       in      in    back     200     200
wagtailsnippets_programme_supportline:inspect   GET       in      in    back     200     200

wagtailsnippets_media_library_recording:list    GET       in      in     200    back     200
wagtailsnippets_media_library_recording:add     GET       in      in     200    back     200
wagtailsnippets_media_library_recording:edit    GET       in      in     200    back     200
wagtailsnippets_media_library_recording:delete  GET       in      in     200    back     200
wagtailsnippets_media_library_recording:delete  POST      in      in     302    back     302
wagtailsnippets_media_library_recording:usage   GET       in      in     200    back     200
wagtailsnippets_media_library_recording:history GET       in      in     200    back     200

wagtailsnippets_assessments_quiz:list           GET       in      in     200    back     200
wagtailsnippets_assessments_quiz:add            GET       in      in     200    back     200
wagtailsnippets_assessments_quiz:edit           GET       in      in     200    back     200
wagtailsnippets_assessments_quiz:delete         GET       in      in     302    back     302
wagtailsnippets_assessments_quiz:delete         POST      in      in     302    back     302
wagtailsnippets_assessments_quiz:usage          GET       in      in     200    back     200
wagtailsnippets_assessments_quiz:history        GET       in      in     200    back     200
wagtailsnippets_assessments_quiz:copy           GET       in      in     200    back     200
wagtailsnippets_assessments_quiz:unpublish      GET       in      in     200    back     200
wagtailsnippets_assessments_quiz:unpublish      POST      in      in     302    back     302

wagtailsnippets_courses_source:list             GET       in      in     200    back     200
wagtailsnippets_courses_source:add              GET       in      in     200    back     200
wagtailsnippets_courses_source:edit             GET       in      in     200    back     200
wagtailsnippets_courses_source:delete           GET       in      in     200    back     200
wagtailsnippets_courses_source:delete           POST      in      in     302    back     302
wagtailsnippets_courses_source:usage            GET       in      in     200    back     200
wagtailsnippets_courses_source:history          GET       in      in     200    back     200
wagtailsnippets_courses_source:copy             GET       in      in     200    back     200

wagtailsnippets_courses_topic:list              GET       in      in     200    back     200
wagtailsnippets_courses_topic:add               GET       in      in     200    back     200
wagtailsnippets_courses_topic:edit              GET       in      in     200    back     200
wagtailsnippets_courses_topic:delete            GET       in      in     200    back     200
wagtailsnippets_courses_topic:delete            POST      in      in     302    back     302
wagtailsnippets_courses_topic:usage             GET       in      in     200    back     200
wagtailsnippets_courses_topic:history           GET       in      in     200    back     200
wagtailsnippets_courses_topic:copy              GET       in      in     200    back     200

constancias:index                               GET       in      in    back     200     200
constancias:add                                 GET       in      in    back    back    back
constancias:edit                                GET       in      in    back    back    back
constancias:delete                              GET       in      in    back    back    back
constancias:delete                              POST      in      in    back    back    back
constancias:history                             GET       in      in    back     200     200
constancias:usage                               GET       in      in    back    back    back
constancias:inspect                             GET       in      in    back     200     200
constancias:revoke                              GET       in      in     404     200     200
constancias:revoke                              POST      in      in     404     302     302

cohortes:index                                  GET       in      in     200     200     200
cohortes:add                                    GET       in      in     200     200     200
cohortes:edit                                   GET       in      in     200     200     200
cohortes:delete                                 GET       in      in     200     200     200
cohortes:delete                                 POST      in      in     302     302     302
cohortes:history                                GET       in      in     200     200     200
cohortes:usage                                  GET       in      in     200     200     200

codigos:index                                   GET       in      in     200     200     200
codigos:add                                     GET       in      in     200     200     200
codigos:edit                                    GET       in      in     200     200     200
codigos:delete                                  GET       in      in     200     200     200
codigos:delete                                  POST      in      in     302     302     302
codigos:history                                 GET       in      in     200     200     200
codigos:usage                                   GET       in      in     200     200     200

instituciones:index                             GET       in      in    back     200     200
instituciones:add                               GET       in      in    back     200     200
instituciones:edit                              GET       in      in    back     200     200
instituciones:delete                            GET       in      in    back     200     200
instituciones:delete                            POST      in      in    back     302     302
instituciones:history                           GET       in      in    back     200     200
instituciones:usage                             GET       in      in    back     200     200

wagtailusers_users:index                        GET       in      in    back    back     200
wagtailusers_users:add                          GET       in      in    back    back     200
wagtailusers_users:edit                         GET       in      in    back    back     200
wagtailusers_users:delete                       GET       in      in    back    back    back
wagtailusers_users:delete                       POST      in      in    back    back    back
wagtailusers_users:history                      GET       in      in    back    back     200
wagtailusers_users:usage                        GET       in      in    back    back     200

course_versions:index                           GET       in      in     200     200     200
course_versions:history                         GET       in      in     200     404     200
course_versions:compare                         GET       in      in     404     404     404
course_versions:propose_again                   POST      in      in     302     404     302
course_versions:proposal                        GET       in      in     200     404     200
course_versions:release                         POST      in      in     302     404     302
course_versions:withdraw                        POST      in      in     302     404     302

wagtailusers_users:edit#admin                   GET       in      in    back    back     200

wagtailadmin_home                               GET       in      in     200     200     200
wagtailadmin_explore_root                       GET       in      in     302    back     200
wagtailadmin_explore                            GET       in      in     200    back     200
wagtailadmin_explore#course                     GET       in      in     200    back     200
wagtailadmin_account                            GET       in      in     200     200     200

wagtailadmin_pages:add_subpage                  GET       in      in     302    back     302
wagtailadmin_pages:add                          GET       in      in     200    back     200
wagtailadmin_pages:add#lesson                   GET       in      in     200    back     200
wagtailadmin_pages:add#information              GET       in      in    back    back     200
wagtailadmin_pages:edit                         GET       in      in     200    back     200
wagtailadmin_pages:edit#lesson                  GET       in      in     200    back     200
wagtailadmin_pages:edit#information             GET       in      in    back    back     200
wagtailadmin_pages:edit#home                    GET       in      in    back    back     200
wagtailadmin_pages:view_draft                   GET       in      in     200    back     200
wagtailadmin_pages:view_draft#lesson            GET       in      in     200    back     200
wagtailadmin_pages:preview_on_edit#lesson       GET       in      in     200    back     200
wagtailadmin_pages:history                      GET       in      in     200    back     200
wagtailadmin_pages:history#lesson               GET       in      in     200    back     200
wagtailadmin_pages:revisions_view               GET       in      in     200    back     200
wagtailadmin_pages:revisions_revert             GET       in      in     200    back     200
wagtailadmin_pages:revisions_compare            GET       in      in     200    back     200
wagtailadmin_pages:usage                        GET       in      in     200    back     200
wagtailadmin_pages:set_privacy                  GET       in      in     200    back     200
wagtailadmin_pages:search                       GET       in      in     200    back     200

wagtailadmin_reports:locked_pages               GET       in      in     200    back     200
wagtailadmin_reports:workflow                   GET       in      in     200    back     200
wagtailadmin_reports:workflow_tasks             GET       in      in     200    back     200
wagtailadmin_reports:site_history               GET       in      in     200     200     200
wagtailadmin_reports:aging_pages                GET       in      in     200    back     200
wagtailadmin_reports:page_types_usage           GET       in      in     200    back     200

wagtailadmin_workflows:index                    GET       in      in    back    back     200
wagtailadmin_workflows:task_index               GET       in      in    back    back     200

wagtailadmin_collections:index                  GET       in      in    back    back     200
wagtailadmin_collections:add                    GET       in      in    back    back     200

wagtailsettings:edit                            GET       in      in    back     200     200

wagtailimages:index                             GET       in      in     200    back     200
wagtailimages:add                               GET       in      in     200    back     200
wagtailimages:edit                              GET       in      in     200    back     200

wagtaildocs:index                               GET       in      in     200    back     200
wagtaildocs:add                                 GET       in      in     200    back     200
wagtaildocs:edit                                GET       in      in     200    back     200

wagtailusers_groups:index                       GET       in      in    back    back     200
wagtailusers_groups:add                         GET       in      in    back    back     200
wagtailusers_groups:edit                        GET       in      in    back    back     200

wagtailsites:index                              GET       in      in    back    back     200
wagtailsites:edit                               GET       in      in    back    back     200

wagtaillocales:index                            GET       in      in    back    back     200
wagtaillocales:edit                             GET       in      in    back    back     200

wagtailsnippets:index                           GET       in      in    back    back    back

wagtail_localize:translations_report            GET       in      in     200     200     200

wagtailadmin_pages:delete                       GET       in      in     302    back     302
wagtailadmin_pages:delete                       POST      in      in     302    back     302
wagtailadmin_pages:delete#lesson                GET       in      in     200    back     200
wagtailadmin_pages:delete#lesson                POST      in      in     302    back     302
wagtailadmin_pages:delete#released              GET       in      in     302    back     302
wagtailadmin_pages:delete#released              POST      in      in     302    back     302
wagtailadmin_pages:delete#information           GET       in      in    back    back     200
wagtailadmin_pages:delete#information           POST      in      in    back    back     302
wagtailadmin_pages:unpublish                    GET       in      in     200    back     200
wagtailadmin_pages:unpublish                    POST      in      in     302    back     302
wagtailadmin_pages:unpublish#lesson             GET       in      in     200    back     200
wagtailadmin_pages:unpublish#lesson             POST      in      in     302    back     302
wagtailadmin_pages:move                         GET       in      in     200    back     200
wagtailadmin_pages:move                         POST      in      in     200    back     200
wagtailadmin_pages:move_confirm                 POST      in      in     302    back     302
wagtailadmin_pages:copy#information             GET       in      in    back    back     200
wagtailadmin_pages:copy#information             POST      in      in    back    back     302
wagtailadmin_pages:copy                         GET       in      in     200    back     200
wagtailadmin_pages:copy                         POST      in      in     302    back     302
wagtailadmin_pages:copy#lesson                  GET       in      in     200    back     200
wagtailadmin_pages:copy#lesson                  POST      in      in     302    back     302
wagtailadmin_pages:lock                         POST      in      in     302    back     302
wagtailadmin_pages:unlock                       POST      in      in     302    back     302
wagtailadmin_pages:set_page_position            POST      in      in     200    back     200

wagtailimages:delete                            GET       in      in     200    back     200
wagtailimages:delete                            POST      in      in     302    back     302

wagtaildocs:delete                              GET       in      in     200    back     200
wagtaildocs:delete                              POST      in      in     302    back     302

wagtailusers_groups:delete                      GET       in      in    back    back     200
wagtailusers_groups:delete                      POST      in      in    back    back     302

wagtailsites:delete                             GET       in      in    back    back     200
wagtailsites:delete                             POST      in      in    back    back     302

wagtaillocales:delete                           GET       in      in    back    back     200
wagtaillocales:delete                           POST      in      in    back    back     200

wagtailadmin_logout                             POST      in      in      in      in      in
wagtailadmin_login                              GET       in      in      in      in      in
wagtailadmin_login                              POST      in      in      in      in      in
wagtailadmin_password_reset                     GET      404     404     404     404     404
wagtailadmin_password_reset                     POST     404     404     404     404     404
"""


@dataclass(frozen=True)
class Row:
    """One address, asked one way, with the answer for each role."""

    address: str
    method: str
    expected: dict[str, str]

    def __str__(self) -> str:
        return f"{self.method} {self.address}"


def rows(table: str) -> list[Row]:
    """Read a table; raise ValueError for a row with too many or too few answers."""
    header, *lines = (line.split() for line in table.splitlines() if line.strip())
    roles = header[1:]
    return [
        Row(address, method, dict(zip(roles, answers, strict=True))) for address, method, *answers in lines
    ]
