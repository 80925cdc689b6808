"""The permissions of the whole site as one table: who asks, what for, and what she is answered.

Amina's things are asked for: her enrolment, her try, her certificate, the group in which she learns. Farid
learns in the same group. Chipo is focal point of her hospital, Dalia of another place. Gael facilitates
another group, and writes CUI-01; Bruno writes PAP-01 and RET-01, and facilitates her group. Elena is
programme staff. An address that carries no thing is each reader's own.

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
page:draft_course                      POST     405     405     405     405     405     405     405     405     405
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
learning:enrol#closed                  GET       in     404     404     404     404     404     404     404     404
learning:enrol#closed                  POST      in     404     404     404     404     404     404     404     404
learning:country                       GET       in     200     404     404     404     404     404     404     404
learning:country                       POST      in     302     404     404     404     404     404     404     404
learning:leave                         GET       in     200     404     404     404     404     404     404     404
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
learning:cohorts                       GET       in     404     404     404     404     200     200     200     200
learning:cohorts                       POST      in     405     405     405     405     405     405     405     405
learning:cohort                        GET       in     404     404     404     404     404     200     404     404
learning:cohort                        POST      in     405     405     405     405     405     405     405     405
learning:cohort#gael                   GET       in     404     404     404     404     200     404     404     404
learning:cohort#gael                   POST      in     405     405     405     405     405     405     405     405
learning:progress                      GET       in     404     404     404     404     404     200     404     404
learning:progress                      POST      in     405     405     405     405     405     405     405     405
learning:progress#gael                 GET       in     404     404     404     404     200     404     404     404
learning:progress_file                 GET       in     404     404     404     404     404     200     404     404
learning:progress_file                 POST      in     404     404     404     404     404     400     404     404
learning:progress_file#gael            POST      in     404     404     404     404     400     404     404     404
learning:supervision                   GET       in     404     404     404     404     404     200     200     200
learning:supervision                   POST      in     404     404     404     404     404     400     400     400
learning:change_supervision            GET       in     404     404     404     404     404     200     200     200
learning:change_supervision            POST      in     404     404     404     404     404     400     400     400
learning:finish_action                 GET       in     405     405     405     405     405     405     405     405
learning:finish_action                 POST      in     404     404     404     404     404     302     302     302
learning:refreshers                    GET       in     404     404     404     404     404     200     404     404
learning:refreshers                    POST      in     404     404     404     404     404     400     404     404
learning:cascade                       GET       in     404     404     404     404     404     200     200     200
learning:cascade                       POST      in     405     405     405     405     405     405     405     405
learning:new_cohort                    GET       in     404     404     404     404     200     200     200     200
learning:new_cohort                    POST      in     404     404     404     404     400     400     400     400
learning:cohort_link                   GET       in     404     404     404     404     404     200     404     404
learning:cohort_link                   POST      in     405     405     405     405     405     405     405     405
learning:cohort_requests               GET       in     404     404     404     404     404     200     404     404
learning:cohort_requests               POST      in     405     405     405     405     405     405     405     405
learning:cohort_list                   GET       in     404     404     404     404     404     200     404     404
learning:cohort_list                   POST      in     404     404     404     404     404     200     404     404
learning:cohort_choose                 GET       in     404     404     404     404     404     200     404     404
learning:cohort_choose                 POST      in     404     404     404     404     404     400     404     404
learning:move                          GET       in     404     404     404     404     404     200     404     404
learning:move                          POST      in     404     404     404     404     404     400     404     404
learning:answer_request                GET       in     405     405     405     405     405     405     405     405
learning:answer_request                POST      in     404     404     404     404     404     302     404     404
learning:take_back_request             GET       in     405     405     405     405     405     405     405     405
learning:take_back_request             POST      in     404     404     404     302     404     404     404     404
invitation:join                        GET      200     200     200     200     200     200     200     200     200
invitation:join                        POST     302     409     409     302     302     302     302     302     302
invitation:qr                          GET      200     200     200     200     200     200     200     200     200
invitation:qr                          POST     405     405     405     405     405     405     405     405     405
learning:sessions                      GET       in     404     404     404     404     404     200     404     404
learning:sessions                      POST      in     404     404     404     404     404     400     404     404
learning:session                       GET       in     404     404     404     404     404     200     404     404
learning:session                       POST      in     404     404     404     404     404     302     404     404
learning:mark                          GET       in     405     405     405     405     405     405     405     405
learning:mark                          POST      in     404     404     404     404     404     200     404     404
learning:change_session                GET       in     404     404     404     404     404     200     404     404
learning:change_session                POST      in     404     404     404     404     404     400     404     404
learning:add_walk_in                   GET       in     405     405     405     405     405     405     405     405
learning:add_walk_in                   POST      in     404     404     404     404     404     302     404     404
learning:room_code                     GET       in     404     404     404     404     404     200     404     404
learning:room_code                     POST      in     405     405     405     405     405     405     405     405
learning:session_content               GET       in     404     404     404     404     404     200     404     404
learning:session_content               POST      in     404     404     404     404     404     302     404     404
learning:open_by_code                  GET       in     405     405     405     405     405     405     405     405
learning:open_by_code                  POST      in     400     400     404     404     404     404     404     404
learning:sheet                         GET       in     404     404     404     404     404     200     200     200
learning:sheet                         POST      in     404     404     404     404     404     400     400     400
learning:print_sheet                   GET       in     404     404     404     404     404     200     200     200
learning:print_sheet                   POST      in     405     405     405     405     405     405     405     405
learning:scan                          GET       in     404     404     404     404     404     200     200     200
learning:scan                          POST      in     404     404     404     404     404     302     302     302
learning:check_in_code                 GET       in     200     200     200     200     200     200     200     200
learning:check_in_code                 POST      in     400     400     400     400     400     400     400     400
learning:check_in                      GET       in     409     409     409     409     409     409     409     409
learning:check_in                      POST      in     409     409     409     409     409     409     409     409
learning:scanned                       GET      410     410     410     410     410     410     410     410     410
learning:scanned                       POST     405     405     405     405     405     405     405     405     405
learning:walk_in                       GET       in     404     404     404     404     404     200     404     404
learning:walk_in                       POST      in     404     404     404     404     404     400     404     404
learning:annulments                    GET       in     404     404     404     404     200     200     200     200
learning:annulments                    POST      in     405     405     405     405     405     405     405     405
learning:annulment                     GET       in     404     404     404     404     404     200     200     200
learning:annulment                     POST      in     404     404     404     404     404     302     302     302
messaging:messages                     GET       in     404     404     404     404     404     200     200     200
messaging:messages                     POST      in     405     405     405     405     405     405     405     405
messaging:write                        GET       in     404     404     404     404     404     200     200     200
messaging:write                        POST      in     404     404     404     404     404     400     400     400
messaging:paste                        GET       in     404     404     404     404     404     200     200     200
messaging:paste                        POST      in     405     405     405     405     405     405     405     405
messaging:group_calendar               GET       in     200     200     404     404     404     200     200     200
messaging:group_calendar               POST      in     405     405     405     405     405     405     405     405
messaging:session_calendar             GET       in     200     200     404     404     404     200     200     200
messaging:session_calendar             POST      in     405     405     405     405     405     405     405     405
messaging:feed                         GET      200     200     200     200     200     200     200     200     200
messaging:feed                         POST     405     405     405     405     405     405     405     405     405
messaging:message                      GET       in     404     404     404     404     404     200     200     200
messaging:message                      POST      in     405     405     405     405     405     405     405     405
messaging:again                        GET       in     405     405     405     405     405     405     405     405
messaging:again                        POST      in     404     404     404     404     404     302     302     302
messaging:notices                      GET       in     200     200     200     200     200     200     200     200
messaging:notices                      POST      in     302     302     302     302     302     302     302     302
messaging:refuse                       GET      200     200     200     200     200     200     200     200     200
messaging:refuse                       POST     200     200     200     200     200     200     200     200     200
learning:accept_version                GET       in     405     405     405     405     405     405     405     405
learning:accept_version                POST      in     404     404     404     404     404     302     404     404
learning:answers_to_read               GET       in     404     404     404     404     200     200     404     404
learning:answers_to_read               POST      in     405     405     405     405     405     405     405     405
learning:read_answers                  GET       in     404     404     404     404     404     200     404     404
learning:read_answers                  POST      in     404     404     404     404     404     302     404     404
learning:give_time                     GET       in     405     405     405     405     405     405     405     405
learning:give_time                     POST      in     404     404     404     404     404     302     404     404
learning:give_attempt                  GET       in     405     405     405     405     405     405     405     405
learning:give_attempt                  POST      in     404     404     404     404     404     302     404     404
learning:give_attempt#lesson           GET       in     405     405     405     405     405     405     405     405
learning:give_attempt#lesson           POST      in     404     404     404     404     404     404     404     404
learning:accredit                      GET       in     405     405     405     405     405     405     405     405
learning:accredit                      POST      in     404     404     404     404     404     302     404     404
learning:accredit#lesson               GET       in     405     405     405     405     405     405     405     405
learning:accredit#lesson               POST      in     404     404     404     404     404     404     404     404

imports:home                           GET       in     404     404     404     404     200     200     200     200
imports:home                           POST      in     404     404     404     404     400     400     400     400
imports:show                           GET       in     404     404     404     404     404     200     404     404
imports:show                           POST      in     405     405     405     405     405     405     405     405
imports:columns                        GET       in     404     404     404     404     404     200     404     404
imports:columns                        POST      in     404     404     404     404     404     302     404     404
imports:answer                         GET       in     405     405     405     405     405     405     405     405
imports:answer                         POST      in     404     404     404     404     404     302     404     404
imports:leave_out                      GET       in     405     405     405     405     405     405     405     405
imports:leave_out                      POST      in     404     404     404     404     404     302     404     404
imports:ask_again                      GET       in     405     405     405     405     405     405     405     405
imports:ask_again                      POST      in     404     404     404     404     404     302     404     404
imports:apply                          GET       in     405     405     405     405     405     405     405     405
imports:apply                          POST      in     404     404     404     404     404     302     404     404
imports:undo                           GET       in     405     405     405     405     405     405     405     405
imports:undo                           POST      in     404     404     404     404     404     302     404     404
imports:report                         GET       in     404     404     404     404     404     200     404     404
imports:report                         POST      in     405     405     405     405     405     405     405     405
imports:rejected                       GET       in     404     404     404     404     404     200     404     404
imports:rejected                       POST      in     405     405     405     405     405     405     405     405
imports:slips                          GET       in     405     405     405     405     405     405     405     405
imports:slips                          POST      in     404     404     404     404     404     302     404     404
learning:institutions                  GET       in     404     404     302     302     404     404     404     404
learning:institutions                  POST      in     405     405     405     405     405     405     405     405
learning:institution                   GET       in     404     404     200     404     404     404     404     404
learning:institution                   POST      in     405     405     405     405     405     405     405     405
learning:institution#dalia             GET       in     404     404     404     200     404     404     404     404
learning:nominate                      GET       in     405     405     405     405     405     405     405     405
learning:nominate                      POST      in     404     404     302     404     404     404     404     404
learning:nominate#dalia                POST      in     404     404     404     302     404     404     404     404
learning:left_institution              GET       in     404     404     404     404     404     404     404     404
learning:left_institution              POST      in     404     404     404     404     404     404     404     404
learning:confirm_membership            GET       in     405     405     405     405     405     405     405     405
learning:confirm_membership            POST      in     404     404     302     404     404     404     404     404
learning:confirm_membership#farid      POST      in     404     404     404     302     404     404     404     404
learning:confirm_membership#chipo      POST      in     404     404     404     404     404     404     404     404
learning:nomination                    GET       in     200     404     404     404     404     404     404     404
learning:nomination                    POST      in     302     404     404     404     404     404     404     404
learning:nomination#farid              GET       in     404     200     404     404     404     404     404     404
learning:nomination#farid              POST      in     404     302     404     404     404     404     404     404
learning:take_back                     GET       in     405     405     405     405     405     405     405     405
learning:take_back                     POST      in     404     404     302     404     404     404     404     404
learning:take_back#farid               POST      in     404     404     404     302     404     404     404     404

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
media_library:recording                GET      404     200     200     404     404     404     200     404     200
media_library:recording                POST     405     405     405     405     405     405     405     405     405
media_library:document                 GET      404     200     200     404     404     404     200     404     200
media_library:document                 POST     405     405     405     405     405     405     405     405     405
media_library:document#draft           GET      404     404     404     404     404     404     200     404     200
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
accounts:who_sees                      GET       in     200     200     200     200     200     200     200     200
accounts:who_sees                      POST     405     405     405     405     405     405     405     405     405
accounts:notice                        GET      200     200     200     200     200     200     200     200     200
accounts:notice                        POST     405     405     405     405     405     405     405     405     405
accounts:notice_version                GET      200     200     200     200     200     200     200     200     200
accounts:notice_version                POST     405     405     405     405     405     405     405     405     405
accounts:ask                           GET       in     200     200     200     200     200     200     200     200
accounts:ask                           POST      in     400     400     400     400     400     400     400     400
accounts:take_back                     GET       in     405     405     405     405     405     405     405     405
accounts:take_back                     POST      in     302     404     404     404     404     404     404     404
accounts:download_html                 GET       in     200     200     200     200     200     200     200     200
accounts:download_html                 POST     405     405     405     405     405     405     405     405     405
accounts:erase                         GET       in     200     200     200     200     200     200     200     200
accounts:erase                         POST      in     400     400     400     400     400     400     400     400
accounts:erased                        GET      200     200     200     200     200     200     200     200     200
accounts:erased                        POST     405     405     405     405     405     405     405     405     405
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
account_reset_password_from_key        GET      410     410     410     410     410     410     410     410     410
account_reset_password_from_key        POST     410     410     410     410     410     410     410     410     410
account_reset_password_from_key_done   GET      200     200     200     200     200     200     200     200     200
account_reset_password_from_key_done   POST     405     405     405     405     405     405     405     405     405

mfa_index                              GET       in     200     200     200     200     200     200     200     200
mfa_index                              POST     405     405     405     405     405     405     405     405     405
mfa_authenticate                       GET       in     302     302     302     302     302     302     302     302
mfa_authenticate                       POST      in     302     302     302     302     302     302     302     302
mfa_reauthenticate                     GET       in     302     302     302     302     302     302     302     302
mfa_reauthenticate                     POST      in     302     302     302     302     302     302     302     302
mfa_activate_totp                      GET       in     302     302     302     302     302     302     302     302
mfa_activate_totp                      POST      in     302     302     302     302     302     302     302     302
mfa_deactivate_totp                    GET       in     404     404     404     404     404     404     404     404
mfa_deactivate_totp                    POST      in     404     404     404     404     404     404     404     404
mfa_view_recovery_codes                GET       in     404     404     404     404     404     404     404     404
mfa_view_recovery_codes                POST     405     405     405     405     405     405     405     405     405
mfa_generate_recovery_codes            GET       in     302     302     302     302     302     302     302     302
mfa_generate_recovery_codes            POST      in     302     302     302     302     302     302     302     302
mfa_download_recovery_codes            GET       in     404     404     404     404     404     404     404     404
mfa_download_recovery_codes            POST     405     405     405     405     405     405     405     405     405

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
wagtailcore_authenticate_with_password POST     405     405     405     405     405     405     405     405     405
wagtailcore_login                      GET      404     404     404     404     404     404     404     404     404
wagtailcore_login                      POST     405     405     405     405     405     405     405     405     405
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
