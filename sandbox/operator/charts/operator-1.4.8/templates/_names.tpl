{{- define "operator.name" -}}
{{- .Values.nameOverride | default .Chart.Name | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{- define "operator.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 63 | trimSuffix "-" -}}
{{- else if contains (include "operator.name" .) .Release.Name -}}
{{- .Release.Name | trunc 63 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name (include "operator.name" .) | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "operator.serviceAccount" -}}
{{- .Values.manager.serviceAccount.name | default (printf "%s-manager" (include "operator.name" .)) -}}
{{- end -}}

{{- define "operator.image" -}}
{{- if .Values.image.digest -}}
{{- printf "%s@%s" .Values.image.repository .Values.image.digest -}}
{{- else -}}
{{- printf "%s:%s" .Values.image.repository .Values.image.tag -}}
{{- end -}}
{{- end -}}

{{- define "operator.watchedNamespaces" -}}
{{- concat (list .Release.Namespace) .Values.namespaceIsolation.additionalNamespaces | uniq | join "," -}}
{{- end -}}

{{- define "operator.subject" -}}
subjects:
  - kind: ServiceAccount
    name: {{ include "operator.serviceAccount" . }}
    namespace: {{ .Release.Namespace }}
{{- end -}}
