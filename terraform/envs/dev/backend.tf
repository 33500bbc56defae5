# The bucket is given once: terraform init -backend-config="bucket=PROJECT-vitals-terraform"
terraform {
  backend "gcs" {
    prefix = "vitals/dev"
  }
}
