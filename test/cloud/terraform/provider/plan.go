package main

import (
	"context"

	"github.com/hashicorp/terraform-plugin-go/tfprotov5"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// ReadResource returns what the cloud has: null when somebody deleted it behind Terraform's back.
func (s *server) ReadResource(_ context.Context, r *tfprotov5.ReadResourceRequest) (*tfprotov5.ReadResourceResponse, error) {
	answer := &tfprotov5.ReadResourceResponse{NewState: r.CurrentState, Private: r.Private}
	if !s.cloud.keeps() {
		return answer, nil
	}
	kind := s.resources[r.TypeName].ValueType()
	current, err := r.CurrentState.Unmarshal(kind)
	if err != nil || current.IsNull() {
		return answer, err
	}
	id, _ := textOf(fieldsOf(current)["id"])
	err = s.cloud.read(func(resources map[string][]byte) error {
		stored, found := resources[key(r.TypeName, id)]
		if found {
			answer.NewState = &tfprotov5.DynamicValue{MsgPack: stored}
			return nil
		}
		gone, err := tfprotov5.NewDynamicValue(kind, tftypes.NewValue(kind, nil))
		answer.NewState = &gone
		return err
	})
	return answer, err
}

// PlanResourceChange leaves what the service decides unknown, except project and region, which the provider knows.
func (s *server) PlanResourceChange(_ context.Context, r *tfprotov5.PlanResourceChangeRequest) (*tfprotov5.PlanResourceChangeResponse, error) {
	kind := s.resources[r.TypeName].ValueType()
	proposed, err := r.ProposedNewState.Unmarshal(kind)
	if err != nil {
		return nil, err
	}
	if proposed.IsNull() {
		return &tfprotov5.PlanResourceChangeResponse{PlannedState: r.ProposedNewState}, nil
	}
	planned := walk(s.schema.Resources[r.TypeName], proposed, "", func(_, name string, a attribute, v tftypes.Value) tftypes.Value {
		if !v.IsNull() || !a.filledIn() {
			return v
		}
		if name == "project" && s.project != "" {
			return tftypes.NewValue(tftypes.String, s.project)
		}
		if name == "region" && s.region != "" {
			return tftypes.NewValue(tftypes.String, s.region)
		}
		return tftypes.NewValue(v.Type(), tftypes.UnknownValue)
	})
	state, err := tfprotov5.NewDynamicValue(kind, planned)
	return &tfprotov5.PlanResourceChangeResponse{PlannedState: &state, PlannedPrivate: r.PriorPrivate}, err
}

func key(typeName, id string) string { return typeName + " " + id }
