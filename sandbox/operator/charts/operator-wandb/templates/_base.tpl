{{/* Names, labels and images as the shared component chart (wandb-base) makes them. Argument: dict root, name. */}}

{{- define "base.fullname" -}}
{{- $own := index .root.Values .name -}}
{{- $short := $own.nameOverride | default (kebabcase .name) -}}
{{- if $own.fullnameOverride -}}
{{- $own.fullnameOverride | trunc 63 | trimSuffix "-" -}}
{{- else if contains $short .root.Release.Name -}}
{{- .root.Release.Name | trunc 63 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .root.Release.Name $short | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "base.selector" -}}
app.kubernetes.io/name: {{ .name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- end -}}

{{- define "base.labels" -}}
{{- $image := (index .root.Values .name).image | default dict -}}
helm.sh/chart: {{ printf "%s-%s" .name .root.Chart.Version | trunc 63 }}
{{ include "base.selector" . }}
{{- if $image.digest }}
app.kubernetes.io/version: {{ $image.digest | trimPrefix "sha256:" | trunc 12 | quote }}
{{- else if $image.tag }}
app.kubernetes.io/version: {{ $image.tag | toString | trunc 63 | quote }}
{{- end }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
{{- with include "common.labels" .root }}
{{ . }}
{{- end }}
{{- end -}}

{{- define "common.labels" -}}
{{- range $key, $value := .Values.global.common.labels }}
{{ $key }}: {{ $value | toString | trunc 63 | quote }}
{{- end }}
{{- end -}}

{{/* Names of the components that are switched on, as JSON. */}}
{{- define "base.components" -}}
{{- $names := list -}}
{{- $known := list "app" "api" "console" "executor" "filemeta" "anaconda2" "filestream" "flat-run-fields-updater" "history-updater" "frontend" "glue" "metric-observer" "parquet" "parquet-metadata-cache" "weave" "mcp-server" "weave-trace" "weave-trace-worker" "weave-evaluate-model-worker" "weave-trace-agent-scoring-worker" "nginx" "lumen-agent" -}}
{{- range $name := $known -}}
{{- $on := (index $.Values $name).install -}}
{{- if has $name (list "api" "glue") -}}
{{- $on = (index $.Values.global $name).enabled -}}
{{- end -}}
{{- if $on -}}
{{- $names = append $names $name -}}
{{- end -}}
{{- end -}}
{{- dict "names" $names | toJson -}}
{{- end -}}

{{- define "base.image" -}}
{{- $image := (index .root.Values .name).image -}}
{{- $repository := $image.repository -}}
{{- with .root.Values.global.repositoryPrefix -}}
{{- $repository = printf "%s/%s" (trimSuffix "/" .) $repository -}}
{{- end -}}
{{- if $image.digest -}}
{{- printf "%s@%s" $repository $image.digest -}}
{{- else -}}
{{- printf "%s:%s" $repository (toString $image.tag) -}}
{{- end -}}
{{- end -}}

{{/* Images of bundled third-party charts take global.imageRegistry instead of the prefix. Argument: dict root, image. */}}
{{- define "bundled.image" -}}
{{- $repository := .image.repository -}}
{{- with .root.Values.global.imageRegistry -}}
{{- $repository = printf "%s/%s" (trimSuffix "/" .) $repository -}}
{{- end -}}
{{- printf "%s:%s" $repository (toString .image.tag) -}}
{{- end -}}

{{- define "base.pullSecrets" -}}
{{- with (index .root.Values .name).imagePullSecrets | default .root.Values.global.imagePullSecrets }}
imagePullSecrets:
{{- range . }}
{{- if kindIs "map" . }}
  - name: {{ .name }}
{{- else }}
  - name: {{ . }}
{{- end }}
{{- end }}
{{- end }}
{{- end -}}

{{- define "base.serviceAccount" -}}
{{- $account := (index .root.Values .name).serviceAccount | default dict -}}
{{- if ne (toString $account.create) "false" -}}
{{- $account.name | default (include "base.fullname" .) -}}
{{- else -}}
{{- $account.name | default "default" -}}
{{- end -}}
{{- end -}}

{{/* Row of the size table; an unknown size gives nothing. */}}
{{- define "base.size" -}}
{{- $own := index .root.Values .name -}}
{{- $size := $own.size | default .root.Values.global.size | default "" -}}
{{- get ($own.sizing | default dict) $size | default dict | toYaml -}}
{{- end -}}

{{- define "base.autoscaling" -}}
{{- $row := include "base.size" . | fromYaml -}}
{{- $sized := ($row.autoscaling | default dict).horizontal | default dict -}}
{{- $own := ((index .root.Values .name).autoscaling | default dict).horizontal | default dict -}}
{{- mergeOverwrite (deepCopy $sized) $own | toYaml -}}
{{- end -}}

{{/* While an autoscaler runs, its count is kept, or every upgrade would scale down first. */}}
{{- define "base.replicas" -}}
{{- $count := (index .root.Values .name).replicaCount | default 1 -}}
{{- if (include "base.autoscaling" . | fromYaml).enabled -}}
{{- $scaler := lookup "autoscaling/v2" "HorizontalPodAutoscaler" .root.Release.Namespace (include "base.fullname" .) -}}
{{- with $scaler -}}
{{- with .status -}}
{{- if gt (int .currentReplicas) 0 -}}
{{- $count = .currentReplicas -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- $count -}}
{{- end -}}
