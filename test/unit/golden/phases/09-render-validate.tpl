{{/*
Rules between values, checked together: whoever breaks several reads of all of them at once. What a single value may be
is said in values.schema.json, which Helm checks before any template.
*/}}
{{- define "mysql-sts.validate" -}}
{{- $engine := include "mysql-sts.engine" . | fromYaml }}
{{- $methods := $engine.methods }}
{{- $series := dict "server" $engine.server.series
    "clone" (get $engine.clone (include "mysql-sts.cloneMethod" .) | default $engine.server).series }}
{{- $broken := list }}

{{- /* expressible */}}
{{- if and (eq .Values.tls.mode "secret") (not .Values.tls.secretName) }}
{{- $broken = append $broken (printf
    "tls.secretName, tls.mode: The mode %v needs a name. Give it one."
    .Values.tls.mode) }}
{{- end }}

{{- /* comparing */}}
{{- if lt (int .Values.replicaCount) (int .Values.update.partition) }}
{{- $broken = append $broken (printf
    "replicaCount: There are %v pods. Take more."
    .Values.replicaCount) }}
{{- end }}

{{- if $broken }}
{{- $lines := list }}
{{- range $index, $sentence := $broken }}
{{- $lines = append $lines (printf "%d. %s" (add1 $index) $sentence) }}
{{- end }}
{{- fail (printf "the values do not fit together:\n\n%s\n" (join "\n" $lines)) }}
{{- end }}
{{- end }}
