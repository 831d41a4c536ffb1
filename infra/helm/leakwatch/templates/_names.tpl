{{/* The start of every resource's name: the release's, which may be `leakwatch` itself. */}}
{{- define "leakwatch.name" -}}
{{- ternary .Release.Name (printf "%s-leakwatch" .Release.Name) (contains "leakwatch" .Release.Name) | trunc 40 | trimSuffix "-" -}}
{{- end -}}

{{- define "leakwatch.image" -}}
{{- with .Values.image -}}
{{ .repository }}{{ if .digest }}@{{ .digest }}{{ else }}:{{ .tag | default $.Chart.AppVersion }}{{ end }}
{{- end -}}
{{- end -}}

{{/* Labels that select this release's pods. */}}
{{- define "leakwatch.selector" -}}
app.kubernetes.io/name: leakwatch
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "leakwatch.labels" -}}
{{ include "leakwatch.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end -}}

{{/*
Names and ports of what a pod serves, by service. Each process is told its ports by these, so that the two can't differ.
*/}}
{{- define "leakwatch.ports" -}}
ops: 9464
{{- if eq . "ingest" }}
webhook: 8080
{{- else if eq . "alerting" }}
tips: 8082
{{- else if eq . "console" }}
console: 8081
{{- end }}
{{- end -}}

{{/* The command line of a service. */}}
{{- define "leakwatch.command" -}}
{{- if hasPrefix "matcher-" . -}}
[run, matcher, --lane, {{ trimPrefix "matcher-" . }}]
{{- else -}}
[run, {{ . }}]
{{- end -}}
{{- end -}}

{{/* The user of Kafka: both lanes of the matcher are one. */}}
{{- define "leakwatch.kafkaUser" -}}
{{ .root.Values.kafka.userPrefix }}{{ ternary "matcher" .service (hasPrefix "matcher-" .service) }}
{{- end -}}

{{/* The address of the runbooks, in every runbook_url. */}}
{{- define "leakwatch.runbooks" -}}
{{ .Values.monitoring.runbooks | default (printf "%s/docs/runbooks" (trimSuffix "/" .Values.console.url)) }}
{{- end -}}
