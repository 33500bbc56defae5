package main

import (
	"context"
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tfprotov5"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// complaints collects what is wrong with one resource.
type complaints struct{ list []*tfprotov5.Diagnostic }

func (c *complaints) add(format string, values ...any) {
	c.list = append(c.list, &tfprotov5.Diagnostic{
		Severity: tfprotov5.DiagnosticSeverityError, Summary: fmt.Sprintf(format, values...),
	})
}

// ValidateResourceTypeConfig checks what the service would refuse and can be seen without it.
func (s *server) ValidateResourceTypeConfig(_ context.Context, r *tfprotov5.ValidateResourceTypeConfigRequest) (*tfprotov5.ValidateResourceTypeConfigResponse, error) {
	config, err := r.Config.Unmarshal(s.resources[r.TypeName].ValueType())
	if err != nil {
		return nil, err
	}
	c := &complaints{}
	walk(s.schema.Resources[r.TypeName], config, "", func(at, name string, a attribute, v tftypes.Value) tftypes.Value {
		checkAttribute(c, r.TypeName, at, name, a, v)
		return v
	})
	if fields := fieldsOf(config); fields != nil {
		checkLabels(c, r.TypeName, fields)
		checkConflicts(c, r.TypeName, fields)
	}
	return &tfprotov5.ValidateResourceTypeConfigResponse{Diagnostics: c.list}, nil
}

func (s *server) ValidateDataSourceConfig(context.Context, *tfprotov5.ValidateDataSourceConfigRequest) (*tfprotov5.ValidateDataSourceConfigResponse, error) {
	return &tfprotov5.ValidateDataSourceConfigResponse{}, nil
}

func checkAttribute(c *complaints, typeName, at, name string, a attribute, v tftypes.Value) {
	if a.Mode == computed && !v.IsNull() {
		c.add("%s%s cannot be set: the service decides it", at, name)
	}
	text, known := textOf(v)
	if !known {
		return
	}
	if len(a.Values) > 0 && !slices.Contains(a.Values, text) {
		c.add("expected %s%s to be one of %q, got %s", at, name, a.Values, text)
	}
	checkText(c, typeName, at, name, text)
}
