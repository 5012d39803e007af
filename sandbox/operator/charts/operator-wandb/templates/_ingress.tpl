{{/* Argument: dict path, service (full name), port. */}}
{{- define "ingress.path" -}}
- pathType: Prefix
  path: {{ .path }}
  backend:
    service:
      name: {{ .service }}
      port:
        number: {{ .port }}
{{- end -}}

{{/* The long form <release>-<component> always, also where the Service itself has a collapsed name. */}}
{{- define "ingress.paths" -}}
{{- $api := printf "%s-api" .Release.Name -}}
{{- if eq .Values.ingress.defaultBackend "console" }}
{{ include "ingress.path" (dict "path" "/" "service" (printf "%s-console" .Release.Name) "port" 8082) }}
{{- else if .Values.frontend.install }}
{{ include "ingress.path" (dict "path" "/" "service" (printf "%s-frontend" .Release.Name) "port" 8080) }}
{{- else }}
{{ include "ingress.path" (dict "path" "/" "service" (printf "%s-app" .Release.Name) "port" 8080) }}
{{- end }}
{{- if .Values.global.api.enabled }}
{{- $paths := list "/api" "/graphql" "/graphql2" }}
{{- $more := dict "proxy" "/proxy" "files" "/files" "debug" "/debug" "service_redirect" "/service-redirect" "service_dangerzone" "/service-dangerzone" "artifacts" "/artifacts" "oidc" "/oidc" "analytics" "/analytics" "scim" "/scim" "admin" "/admin/audit_logs" }}
{{- range $switch, $on := .Values.global.api.additionalPaths }}
{{- if $on }}
{{- $paths = append $paths (get $more $switch) }}
{{- end }}
{{- end }}
{{- if .Values.global.api.additionalPaths.artifacts }}
{{- $paths = append $paths "/artifactsV2" }}
{{- end }}
{{- range compact $paths }}
{{ include "ingress.path" (dict "path" . "service" $api "port" 8081) }}
{{- end }}
{{- end }}
{{ include "ingress.path" (dict "path" "/console" "service" (printf "%s-console" .Release.Name) "port" 8082) }}
{{- if (index .Values "weave-trace").install }}
{{ include "ingress.path" (dict "path" "/traces" "service" (printf "%s-weave-trace" .Release.Name) "port" 8722) }}
{{- end }}
{{- if (index .Values "mcp-server").install }}
{{ include "ingress.path" (dict "path" "/mcp" "service" (printf "%s-mcp-server" .Release.Name) "port" 8080) }}
{{- end }}
{{- end -}}
