{{/* Environment of the components. A generated entry gives way to one of the same name that a user set. */}}

{{/* Argument: dict name, value (scalar or {valueFrom}), empty (text for a scalar that is empty). */}}
{{- define "env.entry" -}}
- name: {{ .name }}
{{- if kindIs "map" .value }}
{{ toYaml .value | indent 2 }}
{{- else }}
  value: {{ .value | default (.empty | default "") | toString | quote }}
{{- end }}
{{- end -}}

{{- define "env.fromSecret" -}}
- name: {{ .name }}
  valueFrom:
    secretKeyRef:
      name: {{ .secret | quote }}
      key: {{ .key | quote }}
{{- if .optional }}
      optional: true
{{- end }}
{{- end -}}

{{- define "env.license" -}}
{{ include "env.fromSecret" (dict "name" "LICENSE" "secret" (include "license.secret" .) "key" (include "license.key" .)) }}
{{ include "env.fromSecret" (dict "name" "GORILLA_LICENSE" "secret" (include "license.secret" .) "key" (include "license.key" .)) }}
{{- end -}}

{{- define "env.mysql" -}}
{{- $mysql := .Values.global.mysql -}}
{{- if kindIs "map" $mysql.password }}
{{ include "env.entry" (dict "name" "MYSQL_PASSWORD" "value" $mysql.password) }}
{{- else }}
{{ include "env.fromSecret" (dict "name" "MYSQL_PASSWORD" "secret" (include "mysql.secret" .) "key" $mysql.passwordSecret.passwordKey) }}
{{- end }}
{{ include "env.entry" (dict "name" "MYSQL_HOST" "value" $mysql.host "empty" (printf "%s-mysql" .Release.Name)) }}
{{ include "env.entry" (dict "name" "MYSQL_PORT" "value" $mysql.port) }}
{{ include "env.entry" (dict "name" "MYSQL_DATABASE" "value" $mysql.database) }}
{{ include "env.entry" (dict "name" "MYSQL_USER" "value" $mysql.user) }}
{{- if $mysql.caCert }}
- name: MYSQL_CA_CERT_PATH
  value: /etc/ssl/certs/mysql_ca.pem
{{- end }}
{{- range list "MYSQL" "GORILLA_ANALYTICS_SINK" "GORILLA_METADATA_STORE" "GORILLA_RUN_STORE" "GORILLA_USAGE_STORE" }}
- name: {{ . }}
  value: "mysql://$(MYSQL_USER):$(MYSQL_PASSWORD)@$(MYSQL_HOST):$(MYSQL_PORT)/$(MYSQL_DATABASE)?tls=preferred"
{{- end }}
{{- end -}}

{{- define "env.redis" -}}
{{ include "env.fromSecret" (dict "name" "REDIS_PASSWORD" "secret" (include "redis.secret" .) "key" .Values.global.redis.secret.secretKey "optional" true) }}
{{- range list "REDIS" "GORILLA_CACHE" "GORILLA_LOCKER" "GORILLA_METADATA_CACHE" "GORILLA_SETTINGS_CACHE" "GORILLA_TASK_QUEUE" }}
- name: {{ . }}
  value: {{ include "redis.url" $ | quote }}
{{- end }}
{{- end -}}

{{- define "env.bucket" -}}
{{- $bucket := include "bucket.effective" . | fromYaml -}}
{{- $keys := .Values.global.bucket.secret -}}
{{ include "env.fromSecret" (dict "name" "AZURE_STORAGE_KEY" "secret" $bucket.secretName "key" $keys.accessKeyName "optional" true) }}
{{ include "env.fromSecret" (dict "name" "BUCKET_ACCESS_KEY" "secret" $bucket.secretName "key" $keys.accessKeyName "optional" true) }}
{{ include "env.fromSecret" (dict "name" "BUCKET_SECRET_KEY" "secret" $bucket.secretName "key" $keys.secretKeyName "optional" true) }}
{{- range list "BUCKET" "GORILLA_FILE_STORE" "GORILLA_STORAGE_BUCKET" }}
- name: {{ . }}
  value: {{ $bucket.url | quote }}
{{- end }}
{{- end -}}

{{- define "env.smtp" -}}
{{- $smtp := .Values.global.email.smtp -}}
{{- if include "smtp.byReference" . }}
{{ include "env.entry" (dict "name" "SMTP_HOST" "value" $smtp.host) }}
{{ include "env.entry" (dict "name" "SMTP_PORT" "value" $smtp.port) }}
{{ include "env.entry" (dict "name" "SMTP_USER" "value" $smtp.user) }}
{{ include "env.entry" (dict "name" "SMTP_PASSWORD" "value" $smtp.password) }}
- name: GORILLA_EMAIL_SINK
  value: "smtp://$(SMTP_USER):$(SMTP_PASSWORD)@$(SMTP_HOST):$(SMTP_PORT)"
{{- else }}
{{ include "env.fromSecret" (dict "name" "GORILLA_EMAIL_SINK" "secret" (printf "%s-smtp-secret" .Release.Name) "key" "GORILLA_EMAIL_SINK") }}
{{- end }}
{{ include "env.entry" (dict "name" "GORILLA_EMAIL_FROM_ADDRESS" "value" $smtp.mailFrom) }}
{{- end -}}

{{- define "env.oidc" -}}
{{- if ne .Values.global.auth.oidc.clientId "" }}
{{ include "env.fromSecret" (dict "name" "OIDC_SECRET" "secret" (include "oidc.secret" .) "key" .Values.global.auth.oidc.oidcSecret.secretKey "optional" true) }}
{{ include "env.fromSecret" (dict "name" "GORILLA_OIDC_SECRET" "secret" (include "oidc.secret" .) "key" .Values.global.auth.oidc.oidcSecret.secretKey "optional" true) }}
{{- end }}
{{- end -}}

{{- define "env.clickhouse" -}}
{{- $clickhouse := .Values.global.clickhouse -}}
{{- $port := $clickhouse.port | default (.Values.clickhouse.install | ternary 8123 8443) -}}
{{ include "env.entry" (dict "name" "WF_CLICKHOUSE_HOST" "value" (tpl (toYaml $clickhouse.host) . | fromYaml | default (tpl (toYaml $clickhouse.host) .))) }}
{{ include "env.entry" (dict "name" "WF_CLICKHOUSE_PORT" "value" $port) }}
{{ include "env.entry" (dict "name" "WF_CLICKHOUSE_DATABASE" "value" $clickhouse.database) }}
{{ include "env.entry" (dict "name" "WF_CLICKHOUSE_USER" "value" $clickhouse.user) }}
{{- if kindIs "map" $clickhouse.password }}
{{ include "env.entry" (dict "name" "WF_CLICKHOUSE_PASS" "value" $clickhouse.password) }}
{{- else }}
{{ include "env.fromSecret" (dict "name" "WF_CLICKHOUSE_PASS" "secret" (include "clickhouse.secret" .) "key" $clickhouse.passwordSecret.passwordKey) }}
{{- end }}
{{- end -}}

{{/* What a component gets without the user's say. Argument: dict root, name. */}}
{{- define "env.generated" -}}
{{- if has .name (list "app" "api" "executor" "filemeta" "filestream" "flat-run-fields-updater" "glue" "history-updater" "metric-observer" "parquet" "parquet-metadata-cache") }}
{{ include "env.license" .root }}
{{ include "env.mysql" .root }}
{{ include "env.redis" .root }}
{{ include "env.bucket" .root }}
{{ include "env.smtp" .root }}
{{ include "env.oidc" .root }}
{{- else if hasPrefix "weave-" .name }}
{{ include "env.license" .root }}
{{ include "env.clickhouse" .root }}
{{- else if eq .name "console" }}
- name: RELEASE_NAME
  value: {{ .root.Release.Name | quote }}
- name: RELEASE_NAMESPACE
  value: {{ .root.Release.Namespace | quote }}
- name: OPERATOR_NAMESPACE
  value: {{ .root.Values.global.operator.namespace | quote }}
{{- end }}
{{- end -}}

{{/* Precedence: container, component env, component extraEnv, global.env, global.extraEnv, generated. */}}
{{- define "env.all" -}}
{{- $own := index .root.Values .name -}}
{{- $container := get ($own.containers | default dict) .name | default dict -}}
{{- $chosen := merge (dict) ($container.env | default dict) ($own.env | default dict) ($own.extraEnv | default dict) (.root.Values.global.env | default dict) (.root.Values.global.extraEnv | default dict) -}}
{{- range $entry := include "env.generated" . | fromYamlArray }}
{{- if not (hasKey $chosen $entry.name) }}
- {{ toYaml $entry | nindent 2 | trim }}
{{- end }}
{{- end }}
{{- $lines := list -}}
{{- range $name, $value := $chosen -}}
{{- $lines = append $lines (include "env.entry" (dict "name" $name "value" $value)) -}}
{{- end }}
{{ tpl (join "\n" $lines) .root }}
{{- end -}}
