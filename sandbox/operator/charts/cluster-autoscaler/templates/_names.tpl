{{- define "autoscaler.name" -}}
{{- .Values.nameOverride | default (printf "%s-%s" .Values.cloudProvider .Chart.Name) | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{- define "autoscaler.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 63 | trimSuffix "-" -}}
{{- else if eq (include "autoscaler.name" .) .Release.Name -}}
{{- .Release.Name -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name (include "autoscaler.name" .) | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "autoscaler.account" -}}
{{- $account := .Values.rbac.serviceAccount -}}
{{- $account.name | default (ternary (include "autoscaler.fullname" .) "default" $account.create) -}}
{{- end -}}

{{- define "autoscaler.selector" -}}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/name: {{ include "autoscaler.name" . }}
{{- end -}}

{{- define "autoscaler.labels" -}}
{{ include "autoscaler.selector" . }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end -}}
