{{/* Connection facts: which Secret holds a credential, and the URLs that the pods join from their environment. */}}

{{- define "license.secret" -}}
{{- .Values.global.licenseSecret.name | default (printf "%s-license" .Release.Name) -}}
{{- end -}}

{{- define "license.key" -}}
{{- .Values.global.licenseSecret.key | default "license" -}}
{{- end -}}

{{- define "mysql.secret" -}}
{{- .Values.global.mysql.passwordSecret.name | default (printf "%s-mysql" .Release.Name) -}}
{{- end -}}

{{- define "clickhouse.secret" -}}
{{- .Values.global.clickhouse.passwordSecret.name | default (printf "%s-clickhouse" .Release.Name) -}}
{{- end -}}

{{- define "redis.secret" -}}
{{- .Values.global.redis.secret.secretName | default (printf "%s-redis-secret" .Release.Name) -}}
{{- end -}}

{{/* The comparison fails for a map: redis.host cannot be a reference. */}}
{{- define "redis.host" -}}
{{- if eq .Values.global.redis.host "" -}}
{{- printf "%s-redis-master" .Release.Name -}}
{{- else -}}
{{- .Values.global.redis.host -}}
{{- end -}}
{{- end -}}

{{/* Built-in defaults win over the port query, then params, then parameters. */}}
{{- define "redis.url" -}}
{{- $redis := .Values.global.redis -}}
{{- $built := dict "ttlInSeconds" "604800" -}}
{{- if $redis.caCert -}}
{{- $built = dict "ttlInSeconds" "604800" "tls" "true" "caCertPath" "/etc/ssl/certs/redis_ca.pem" -}}
{{- end -}}
{{- $fromPort := dict -}}
{{- $parts := splitn "?" 2 (toString $redis.port) -}}
{{- range $pair := splitList "&" ($parts._1 | default "") -}}
{{- if $pair -}}
{{- $halves := splitn "=" 2 $pair -}}
{{- $_ := set $fromPort $halves._0 ($halves._1 | default "") -}}
{{- end -}}
{{- end -}}
{{- $query := list -}}
{{- range $key, $value := merge $built $fromPort $redis.params $redis.parameters -}}
{{- $query = append $query (printf "%s=%s" $key (toString $value)) -}}
{{- end -}}
{{- $login := empty (or $redis.password $redis.secret.secretName) | ternary "" ":$(REDIS_PASSWORD)@" -}}
{{- printf "redis://%s$(REDIS_HOST):$(REDIS_PORT)?%s" $login (join "&" $query) -}}
{{- end -}}

{{/* The bucket in use: global.bucket as soon as it has a name, else global.defaultBucket. */}}
{{- define "bucket.effective" -}}
{{- $bucket := empty .Values.global.bucket.name | ternary .Values.global.defaultBucket .Values.global.bucket -}}
{{- $secret := .Values.global.bucket.secret -}}
{{- $keys := or (and $bucket.accessKey $bucket.secretKey) $secret.secretName -}}
{{- $login := empty $keys | ternary "" "$(BUCKET_ACCESS_KEY):$(BUCKET_SECRET_KEY)@" -}}
{{- $path := empty $bucket.path | ternary "" "/$(BUCKET_PATH)" -}}
{{- $urls := dict "s3" (printf "s3://%s$(BUCKET_NAME)%s" $login $path) "cw" (printf "cw://%s$(BUCKET_NAME)%s" $login $path) "gcs" (printf "gs://$(BUCKET_NAME)%s" $path) "az" (printf "az://$(BUCKET_NAME)%s" $path) -}}
{{- $facts := dict "url" (get $urls ($bucket.provider | default "")) "secretName" ($secret.secretName | default (printf "%s-bucket" .Release.Name)) -}}
{{- range $field := list "name" "path" "region" "kmsKey" "accessKey" "secretKey" -}}
{{- $_ := set $facts $field (get $bucket $field | default "") -}}
{{- end -}}
{{- $facts | toYaml -}}
{{- end -}}

{{/* "true" when the SMTP URL has to be joined in the pod because a part of it is a reference. */}}
{{- define "smtp.byReference" -}}
{{- range list "host" "port" "user" "password" -}}
{{- if kindIs "map" (get $.Values.global.email.smtp .) -}}true{{- end -}}
{{- end -}}
{{- end -}}

{{- define "smtp.url" -}}
{{- $smtp := .Values.global.email.smtp -}}
{{- if not $smtp.host -}}
https://api.wandb.ai/email/dispatch
{{- else -}}
{{- printf "smtp://%s:%s@%s:%s" (toString $smtp.user) (toString $smtp.password) (toString $smtp.host) (toString $smtp.port) -}}
{{- end -}}
{{- end -}}

{{- define "oidc.secret" -}}
{{- .Values.global.auth.oidc.oidcSecret.name | default (printf "%s-oidc-secret" .Release.Name) -}}
{{- end -}}

{{- define "ingress.host" -}}
{{- .Values.global.host | replace "http://" "" | replace "https://" "" -}}
{{- end -}}
