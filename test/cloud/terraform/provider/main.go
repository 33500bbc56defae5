// A stand-in for the Terraform providers google and google-beta: their schema, strict about names and contradictions, over a
// cloud that is a file. One program for both; which it is follows from its file name, and its schema lies beside it.
//
// Nothing here talks to Google. What it proves, and what it cannot, is in docs/terraform.md.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov5"
	"github.com/hashicorp/terraform-plugin-go/tfprotov5/tf5server"
)

// cloudVariable names the folder in which the made-up cloud is kept; without it nothing outlives a command.
const cloudVariable = "STAND_IN_CLOUD"

func main() {
	if err := serve(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func serve() error {
	program, err := os.Executable()
	if err != nil {
		return err
	}
	name := "google"
	if strings.Contains(filepath.Base(os.Args[0]), "google-beta") {
		name = "google-beta"
	}
	schema, err := loadSchema(filepath.Join(filepath.Dir(program), name+".json.gz"))
	if err != nil {
		return err
	}
	s, err := newServer(schema, openCloud(os.Getenv(cloudVariable), name))
	if err != nil {
		return err
	}
	return tf5server.Serve("hashicorp/"+name, func() tfprotov5.ProviderServer { return s })
}
