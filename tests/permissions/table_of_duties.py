"""The third part of the table: what duties open in the admin. Whatever has no row here is 404 to them.

Inés coordinates Mexico, where Amina, her hospital, her group and her certificate are; Hilda coordinates Guatemala,
where the shelter is. Íker monitors, Julia audits; both look on in all countries.
"""

DUTIES = """
address                                 ines   hilda    iker   julia
wagtailadmin_home                  GET      200     200     200     200
wagtailadmin_home                  POST     403     403     403     403
wagtailadmin_account               GET      200     200     200     200
wagtailadmin_account               POST     200     200     200     200
wagtailadmin_logout                POST      in      in      in      in

personas:index                     GET      200     200     200     200
personas:index                     POST     422     422     422     422
personas:index#export              POST     200     200     200     200
personas:index#book                POST     200     200     200     200
personas:inspect                   GET      200     404     200     200
personas:add                       GET      404     404     404     404
personas:edit                      GET      404     404     404     404
personas:delete                    POST     404     404     404     404
personas:history                   GET      404     404     404     404
wagtail_bulk_action#confirm        GET      200     200     404     404
wagtail_bulk_action#confirm        POST     302     302     404     404

instituciones:index                GET      200     200     200     200
instituciones:index                POST     422     422     422     422
instituciones:index#export         POST     200     200     200     200
instituciones:index#book           POST     200     200     200     200
wagtail_bulk_action#units          GET      200     200     404     404
wagtail_bulk_action#units          POST     200     302     404     404
instituciones:add                  GET      200     200     404     404
instituciones:edit                 GET      200     404     404     404
instituciones:edit                 POST     200     404     404     404
instituciones:edit#shelter         GET      404     200     404     404
instituciones:edit#shelter         POST     404     200     404     404
instituciones:inspect              GET      200     404     200     200
instituciones:inspect#shelter      GET      404     200     200     200
instituciones:delete               GET      404     404     404     404
instituciones:delete               POST     404     404     404     404
instituciones:history              GET      200     404     404     404
instituciones:history#shelter      GET      404     200     404     404
instituciones:usage                GET      200     404     404     404
instituciones:usage#shelter        GET      404     200     404     404
instituciones:rename               GET      200     404     404     404
instituciones:rename               POST     422     404     404     404
instituciones:former_name          GET      200     404     404     404
instituciones:former_name          POST     422     404     404     404
instituciones:successor            GET      200     404     404     404
instituciones:successor            POST     200     404     404     404
instituciones:merge                GET      200     404     404     404
instituciones:merge                POST     200     404     404     404
instituciones:unmerge              GET      200     404     404     404
instituciones:unmerge              POST     422     404     404     404
instituciones:units                GET      200     404     404     404
instituciones:units                POST     302     404     404     404
instituciones:membership           GET      200     404     404     404
instituciones:membership           POST     422     404     404     404
instituciones:write_down           GET     200     200     404     404
instituciones:write_down           POST    200     200     404     404
instituciones:end_membership       GET     200     404     404     404
instituciones:end_membership       POST    422     404     404     404
instituciones:forget_name          POST     302     404     404     404
instituciones:rename#shelter       GET      404     200     404     404
instituciones:merge#shelter        GET      404     200     404     404
instituciones:successor#shelter    GET      404     200     404     404
instituciones:place                GET      404     404     404     404
instituciones:place#shelter        GET      404     200     404     404
instituciones:place#shelter        POST     404     302     404     404

duplicados:index                   GET      200     200     404     200
duplicados:search                  POST     302     302     404     404
duplicados:pair                    GET      200     404     404     200
duplicados:pair                    POST     422     404     404     403
duplicados:different               POST     302     404     404     404
duplicados:decided                 GET     200     200     404     200
duplicados:reopen                  POST    302     404     404     404
duplicados:choose                  GET     200     404     404     404
duplicados:choose                  POST    200     404     404     404
duplicados:merges                  GET      200     200     404     200
duplicados:undo                    GET      200     404     404     404
duplicados:undo                    POST     422     404     404     404

catalogo-oficial:index             GET      200     200     200     200
catalogo-oficial:inspect           GET      200     200     200     200
catalogo-oficial:index             POST     403     403     403     403
catalogo-oficial:inspect           POST     403     403     403     403
catalogo-oficial:make              POST     302     404     404     404
catalogo-oficial:add               GET      404     404     404     404
catalogo-oficial:edit              GET      404     404     404     404
catalogo-oficial:delete            GET      404     404     404     404

convenios:index                    GET      200     200     200     200
convenios:add                      GET      200     200     404     404
convenios:edit                     GET      200     404     404     404
convenios:edit                     POST     200     404     404     404
convenios:inspect                  GET      200     404     200     200
convenios:delete                   GET      404     404     404     404
convenios:delete                   POST     404     404     404     404
convenios:renew                    POST     302     404     404     404
convenios:dossier                  GET      200     404     200     200
convenios:dossier_of               GET      200     404     200     200
convenios:paper                    GET      200     404     200     200
convenios:addendum_paper           GET      200     404     200     200
convenios:former_paper             GET      200     404     200     200
convenios:forget_paper             POST     404     404     404     404

asesorias:index                    GET      200     200     200     200
asesorias:inspect                  GET      200     404     200     200
asesorias:pending                  GET      200     200     200     200
asesorias:add                      GET      200     200     404     404
asesorias:edit                     GET      200     404     404     404
asesorias:edit                     POST     200     404     404     404
asesorias:delete                   POST     404     404     404     404
asesorias:finish                   POST     302     404     404     404

cohortes:index                     GET      200     200     200     200
cohortes:index                     POST     405     405     403     403
cohortes:add                       GET      200     200     404     404
cohortes:edit                      GET      200     404     404     404
cohortes:edit                      POST     200     404     404     404
cohortes:edit#gael                 GET      404     200     404     404
cohortes:delete                    POST     404     404     404     404
cohortes:history                   GET      200     404     404     404
cohortes:history#gael              GET      404     200     404     404
cohortes:usage                     GET      200     404     404     404
cohortes:usage#gael                GET      404     200     404     404

proyectos:index                    GET      200     200     200     200
proyectos:index_results            GET      200     200     200     200
proyectos:add                      GET      404     404     404     404
proyectos:edit                     GET      404     404     404     404
donantes:index                     GET      200     200     200     200
donantes:index_results             GET      200     200     200     200
donantes:add                       GET      404     404     404     404
donantes:edit                      GET      404     404     404     404

codigos:index                      GET      200     200     404     200
codigos:index                      POST     405     405     404     403
codigos:add                        GET      200     200     404     404
codigos:edit                       GET      200     404     404     404
codigos:edit                       POST     200     404     404     404
codigos:edit#gael                  GET      404     200     404     404
codigos:delete                     POST     404     404     404     404
codigos:history                    GET      200     404     404     404
codigos:history#gael               GET      404     200     404     404
codigos:usage                      GET      200     404     404     404
codigos:usage#gael                 GET      404     200     404     404

constancias:index                  GET      200     200     200     200
constancias:index                  POST     422     422     422     422
constancias:index#export           POST     200     200     200     200
constancias:index#book             POST     200     200     200     200
constancias:inspect                GET      200     404     200     200
constancias:inspect                POST     405     404     403     403
constancias:history                GET      200     404     404     404
constancias:revoke                 GET      200     404     404     404
constancias:revoke                 POST     302     404     404     404

encargos:index                     GET      404     404     404     200
encargos:index                     POST     404     404     404     403
encargos:inspect                   GET      404     404     404     200
encargos:end                       POST     404     404     404     404

auditoria:index                    GET      404     404     404     200
auditoria:index                    POST     404     404     404     422
auditoria:index#export             POST     404     404     404     200
auditoria:index#book               POST     404     404     404     200

wagtailadmin_dismissibles          GET      200     200     200     200
wagtailadmin_dismissibles          POST     405     405     405     405

duplicados:index                   POST     405     405     404     403
duplicados:search                  GET      405     405     404     404
duplicados:different               GET      405     405     404     404
duplicados:decided                 POST    405     405     404     403
duplicados:reopen                  GET     405     405     404     404
duplicados:merges                  POST     405     405     404     403

constancias:index_results          GET      200     200     200     200
constancias:index_results          POST     422     422     403     403
constancias:history_results        GET      200     404     404     404

cohortes:index_results             GET      200     200     200     200
cohortes:index_results             POST     405     405     403     403
cohortes:add                       POST     200     200     404     404
cohortes:history                   POST     405     404     404     404
cohortes:history_results           GET      200     404     404     404
cohortes:history_results           POST     405     404     404     404
cohortes:usage                     POST     405     404     404     404

codigos:index_results              GET      200     200     404     200
codigos:index_results              POST     405     405     404     403
codigos:add                        POST     200     200     404     404
codigos:history                    POST     405     404     404     404
codigos:history_results            GET      200     404     404     404
codigos:history_results            POST     405     404     404     404
codigos:usage                      POST     405     404     404     404

personas:index_results             GET      200     200     200     200
personas:index_results             POST     422     422     422     422

instituciones:index_results        GET      200     200     200     200
instituciones:index_results        POST     422     422     422     422
instituciones:add                  POST     200     200     404     404
instituciones:history              POST     405     404     404     404
instituciones:history_results      GET      200     404     404     404
instituciones:history_results      POST     405     404     404     404
instituciones:usage                POST     405     404     404     404
instituciones:inspect              POST     405     404     403     403
instituciones:forget_name          GET      405     405     404     404

catalogo-oficial:index_results     GET      200     200     200     200
catalogo-oficial:make              GET      405     405     404     404

convenios:index_results            GET      200     200     200     200
convenios:add                      POST     200     200     404     404
convenios:renew                    GET      405     405     404     404

asesorias:index_results            GET      200     200     200     200
asesorias:add                      POST     200     200     404     404
asesorias:finish                   GET      405     405     404     404

elegir_institucion:choose          GET      200     200     404     404
elegir_institucion:choose_results  GET      200     200     404     404
elegir_institucion:chosen          GET      200     404     404     404
elegir_institucion:chosen_multiple GET      200     200     404     404

elegir_convenio:choose             GET      200     200     404     404
elegir_convenio:choose_results     GET      200     200     404     404
elegir_convenio:chosen             GET      200     404     404     404
elegir_convenio:chosen_multiple    GET      200     200     404     404

encargos:index_results             GET      404     404     404     200

auditoria:index_results            GET      404     404     404     200

solicitudes:index                  GET      200     200     404     404
solicitudes:index_results          GET      200     200     404     404
solicitudes:history                GET      200     404     404     404
solicitudes:history_results        GET      200     404     404     404
solicitudes:answer                 GET      200     404     404     404
solicitudes:answer                 POST     422     404     404     404
solicitudes:note_down              GET      200     200     404     404
solicitudes:note_down              POST     422     422     404     404
"""
