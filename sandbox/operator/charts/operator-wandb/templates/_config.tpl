{{/* ConfigMaps and Secrets that a component loads as a whole. Argument: dict root, name. */}}
{{- define "config.envFrom" -}}
{{- $release := .root.Release.Name -}}
{{- $maps := list -}}
{{- $gorilla := list "app" "api" "executor" "filemeta" "filestream" "flat-run-fields-updater" "glue" "history-updater" "metric-observer" "parquet" "parquet-metadata-cache" -}}
{{- if has .name $gorilla -}}
{{- $maps = list "bucket" "redis" "kafka" "global" "api" -}}
{{- if eq .name "app" -}}
{{- $maps = concat $maps (list "glue" "frontend" "app" "local") -}}
{{- end -}}
{{- else if eq .name "console" -}}
{{- $maps = list "console" -}}
{{- end -}}
{{- range $maps }}
- configMapRef:
    name: {{ $release }}-{{ . }}-configmap
{{- end }}
{{- if has .name $gorilla }}
- secretRef:
    name: {{ $release }}-global-secret
- secretRef:
    name: {{ $release }}-gorilla-session-key
{{- end }}
{{- end -}}

{{- define "config.caVolumes" -}}
- name: wandb-ca-certs
  configMap:
    name: {{ .Release.Name }}-ca-certs
- name: wandb-ca-certs-user
  configMap:
    name: {{ .Values.global.caCertsConfigMap | default "noCertProvided" | quote }}
    optional: true
- name: redis-ca
  secret:
    secretName: {{ include "redis.secret" . | quote }}
    optional: true
    items:
      - { key: REDIS_CA_CERT, path: redis_ca.pem }
{{- if kindIs "map" .Values.global.mysql.caCert }}
{{- $reference := .Values.global.mysql.caCert.valueFrom }}
- name: mysql-ca
{{- if $reference.secretKeyRef }}
  secret:
    secretName: {{ $reference.secretKeyRef.name | quote }}
    items:
      - { key: {{ $reference.secretKeyRef.key | quote }}, path: mysql_ca.pem }
{{- else if $reference.configMapKeyRef }}
  configMap:
    name: {{ $reference.configMapKeyRef.name | quote }}
    items:
      - { key: {{ $reference.configMapKeyRef.key | quote }}, path: mysql_ca.pem }
{{- else }}
{{- fail "Invalid caCert config" }}
{{- end }}
{{- else if .Values.global.mysql.caCert }}
- name: mysql-ca
  secret:
    secretName: {{ .Release.Name }}-mysql-ca-cert
    items:
      - { key: MYSQL_CA_CERT, path: mysql_ca.pem }
{{- end }}
{{- end -}}

{{- define "config.caMounts" -}}
- name: wandb-ca-certs
  mountPath: /usr/local/share/ca-certificates/inline
- name: wandb-ca-certs-user
  mountPath: /usr/local/share/ca-certificates/configmap
- name: redis-ca
  mountPath: /etc/ssl/certs/redis_ca.pem
  subPath: redis_ca.pem
{{- if .Values.global.mysql.caCert }}
- name: mysql-ca
  mountPath: /etc/ssl/certs/mysql_ca.pem
  subPath: mysql_ca.pem
{{- end }}
{{- end -}}

{{/* Head of an object that belongs to no component: common labels only, so the operator never becomes its owner. */}}
{{- define "config.metadata" -}}
metadata:
  name: {{ .name }}
  {{- with include "common.labels" .root }}
  labels:
    {{- . | nindent 4 }}
  {{- end }}
{{- end -}}
