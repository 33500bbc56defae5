output "keys" {
  description = "Id of the key of each service: storage, warehouse, pubsub, registry, secrets, run. Known once the service may use it."
  value       = { for name in local.keys : name => google_kms_crypto_key.vitals[name].id }
  depends_on  = [google_kms_crypto_key_iam_member.agent]
}

output "pseudonym_key_secret" {
  description = "Id of the secret with the pseudonym key."
  value       = google_secret_manager_secret.pseudonym_key.secret_id
}

output "pseudonym_key_secret_name" {
  description = "Full name of the secret, to which /versions/N is added for `vitals run --pseudonym-key-secret`."
  value       = "projects/${var.project}/secrets/${google_secret_manager_secret.pseudonym_key.secret_id}"
}
