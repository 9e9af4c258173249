{{- define "koru.securityContext" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop:
    - ALL
{{- end -}}
{{- define "koru.podSecurity" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
seccompProfile:
  type: RuntimeDefault
{{- end -}}
{{- define "koru.env" -}}
- name: KORU_PUBLIC_URL
  value: {{ .Values.publicUrl | quote }}
- name: KORU_MAIL_FROM
  value: {{ .Values.mailFrom | quote }}
- name: KORU_TRUSTED_PROXIES
  value: {{ .Values.trustedProxies | quote }}
- name: KORU_WEB_WORKERS
  value: {{ .Values.web.processes | quote }}
- name: KORU_KEK_FILE
  value: /run/koru/kek
- name: KORU_TOMBSTONES
  value: /var/lib/koru/tombstones
{{- end -}}
{{- define "koru.envFrom" -}}
- secretRef:
    name: {{ .Values.secret | quote }}
{{- end -}}
{{- define "koru.mounts" -}}
- name: kek
  mountPath: /run/koru
  readOnly: true
- name: tombstones
  mountPath: /var/lib/koru/tombstones
- name: tmp
  mountPath: /tmp
- name: memory
  mountPath: /dev/shm
{{- end -}}
{{- define "koru.volumes" -}}
- name: kek
  secret:
    secretName: {{ .Values.kekSecret | quote }}
    defaultMode: 288
- name: tombstones
  persistentVolumeClaim:
    claimName: {{ .Values.tombstonesClaim | quote }}
- name: tmp
  emptyDir: {}
- name: memory
  emptyDir:
    medium: Memory
    sizeLimit: 64Mi
{{- end -}}
