package main

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-go/tfprotov5"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// ApplyResourceChange creates, updates or deletes in the cloud, and answers as the service would: what exists already cannot be
// created, and what is protected cannot be deleted.
func (s *server) ApplyResourceChange(_ context.Context, r *tfprotov5.ApplyResourceChangeRequest) (*tfprotov5.ApplyResourceChangeResponse, error) {
	kind := s.resources[r.TypeName].ValueType()
	prior, err := r.PriorState.Unmarshal(kind)
	if err != nil {
		return nil, err
	}
	planned, err := r.PlannedState.Unmarshal(kind)
	if err != nil {
		return nil, err
	}
	if planned.IsNull() {
		return s.delete(r, fieldsOf(prior))
	}
	made := s.makerOf(r.TypeName, fieldsOf(planned))
	value := walk(s.schema.Resources[r.TypeName], planned, "", func(_, name string, _ attribute, v tftypes.Value) tftypes.Value {
		if v.IsFullyKnown() {
			return v
		}
		return made.value(name, v.Type())
	})
	state, err := tfprotov5.NewDynamicValue(kind, value)
	if err != nil {
		return nil, err
	}
	id, _ := textOf(fieldsOf(value)["id"])
	err = s.cloud.change(func(resources map[string][]byte) error {
		if _, taken := resources[key(r.TypeName, id)]; taken && prior.IsNull() {
			return fmt.Errorf("error 409: %s %s already exists", r.TypeName, id)
		}
		resources[key(r.TypeName, id)] = state.MsgPack
		return nil
	})
	if err != nil {
		return refused(r, err), nil
	}
	return &tfprotov5.ApplyResourceChangeResponse{NewState: &state, Private: r.PlannedPrivate}, nil
}

func (s *server) delete(r *tfprotov5.ApplyResourceChangeRequest, prior fields) (*tfprotov5.ApplyResourceChangeResponse, error) {
	id, _ := textOf(prior["id"])
	if isTrue(prior["deletion_protection"]) || isTrue(prior["prevent_destroy"]) {
		return refused(r, fmt.Errorf("cannot destroy %s %s without setting deletion_protection=false", r.TypeName, id)), nil
	}
	err := s.cloud.change(func(resources map[string][]byte) error {
		delete(resources, key(r.TypeName, id))
		return nil
	})
	if err != nil {
		return refused(r, err), nil
	}
	return &tfprotov5.ApplyResourceChangeResponse{NewState: r.PlannedState}, nil
}

func refused(r *tfprotov5.ApplyResourceChangeRequest, err error) *tfprotov5.ApplyResourceChangeResponse {
	return &tfprotov5.ApplyResourceChangeResponse{
		NewState: r.PriorState,
		Diagnostics: []*tfprotov5.Diagnostic{
			{Severity: tfprotov5.DiagnosticSeverityError, Summary: err.Error()},
		},
	}
}
