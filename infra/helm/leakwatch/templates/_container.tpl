{{/* Rights of a pod, and of its one container: none that it does without. */}}
{{- define "leakwatch.podSecurity" -}}
runAsNonRoot: true
runAsUser: 1000
runAsGroup: 1000
fsGroup: 1000
seccompProfile: { type: RuntimeDefault }
{{- end -}}

{{- define "leakwatch.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: { drop: [ALL] }
{{- end -}}

{{/* How to reach Kafka as a user. */}}
{{- define "leakwatch.kafkaEnv" -}}
{{- $kafka := .root.Values.kafka -}}
- { name: KAFKA_BROKERS, value: {{ $kafka.brokers | quote }} }
{{- if $kafka.tls.enabled }}
- { name: KAFKA_SSL, value: '1' }
{{- with $kafka.tls.caSecret }}
- { name: KAFKA_SSL_CA, value: /etc/leakwatch/kafka-ca/{{ $kafka.tls.caKey }} }
{{- end }}
{{- end }}
{{- if eq $kafka.auth "tls" }}
- { name: KAFKA_SSL_CERT, value: /etc/leakwatch/kafka-user/{{ $kafka.certKey }} }
- { name: KAFKA_SSL_KEY, value: /etc/leakwatch/kafka-user/{{ $kafka.keyKey }} }
{{- else if ne $kafka.auth "none" }}
- { name: KAFKA_SASL_MECHANISM, value: {{ $kafka.auth }} }
- { name: KAFKA_SASL_USERNAME, value: {{ .user | quote }} }
- name: KAFKA_SASL_PASSWORD
  valueFrom: { secretKeyRef: { name: {{ .user }}, key: {{ $kafka.passwordKey }} } }
{{- end }}
{{- end -}}

{{/* The files that those variables name, and room to write where the image wants it. */}}
{{- define "leakwatch.mounts" -}}
- { name: tmp, mountPath: /tmp }
- { name: data, mountPath: /var/lib/leakwatch }
{{- if and .root.Values.kafka.tls.enabled .root.Values.kafka.tls.caSecret }}
- { name: kafka-ca, mountPath: /etc/leakwatch/kafka-ca, readOnly: true }
{{- end }}
{{- if eq .root.Values.kafka.auth "tls" }}
- { name: kafka-user, mountPath: /etc/leakwatch/kafka-user, readOnly: true }
{{- end }}
{{- end -}}

{{- define "leakwatch.volumes" -}}
- { name: tmp, emptyDir: { sizeLimit: 64Mi } }
- { name: data, emptyDir: { sizeLimit: 16Mi } }
{{- if and .root.Values.kafka.tls.enabled .root.Values.kafka.tls.caSecret }}
- { name: kafka-ca, secret: { secretName: {{ .root.Values.kafka.tls.caSecret }} } }
{{- end }}
{{- if eq .root.Values.kafka.auth "tls" }}
- { name: kafka-user, secret: { secretName: {{ .user }} } }
{{- end }}
{{- end -}}

{{/*
A setting as text. Helm reads every number as a float, and would write 8388608 as 8.388608e+06; and `on` as true, which is no value
of LEAKWATCH_CANARY.
*/}}
{{- define "leakwatch.text" -}}
{{- if kindIs "bool" . }}{{ ternary "on" "off" . }}
{{- else if and (kindIs "float64" .) (eq . (floor .)) }}{{ int64 . }}
{{- else }}{{ . }}{{ end -}}
{{- end -}}

{{/* The environment of a service's process. */}}
{{- define "leakwatch.env" -}}
{{- $root := .root -}}
{{- $values := $root.Values -}}
{{- $ports := include "leakwatch.ports" .service | fromYaml -}}
- name: DATABASE_URL
  valueFrom: { secretKeyRef: { name: {{ $values.database.secret }}, key: {{ $values.database.urlKey }} } }
{{- with $values.database.sessionUrlKey }}
- name: LEAKWATCH_DATABASE_SESSION_URL
  valueFrom: { secretKeyRef: { name: {{ $values.database.secret }}, key: {{ . }} } }
{{- end }}
{{ include "leakwatch.kafkaEnv" . }}
{{- with $values.masterKey }}{{ if .secret }}
- { name: LEAKWATCH_MASTER_KEY_FILE, value: /etc/leakwatch/master-key/{{ .key }} }
{{- end }}{{ end }}
- { name: LEAKWATCH_HOST, value: 0.0.0.0 }
{{- range $name, $port := $ports }}
- { name: LEAKWATCH_{{ upper $name }}_PORT, value: {{ $port | quote }} }
{{- end }}
{{- if eq .service "console" }}
- { name: LEAKWATCH_CONSOLE_HOST, value: 0.0.0.0 }
{{- end }}
- { name: LEAKWATCH_CONSOLE_URL, value: {{ $values.console.url | quote }} }
- name: LEAKWATCH_TYPED_AS
  value: kubectl exec -n {{ $root.Release.Namespace }} deploy/{{ include "leakwatch.name" $root }}-{{ .service }} -- leakwatch
{{- range $name, $value := merge dict (index $values.services .service).settings $values.settings }}
- { name: {{ $name }}, value: {{ include "leakwatch.text" $value | quote }} }
{{- end }}
{{- end -}}
