package main

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// visit is told of each attribute, and where it is: "lifecycle_rule.0.condition.0.age".
type visit func(at, name string, a attribute, v tftypes.Value) tftypes.Value

// walk gives each attribute of a value to f, in nested blocks too, and returns the value made of what f returned.
func walk(b block, v tftypes.Value, at string, f visit) tftypes.Value {
	fields := fieldsOf(v)
	if fields == nil {
		return v
	}
	for name, a := range b.Attributes {
		fields[name] = f(at, name, a, fields[name])
	}
	for name, nested := range b.Blocks {
		inner := fields[name]
		if nested.Nesting == "single" {
			fields[name] = walk(nested.Block, inner, at+name+".", f)
			continue
		}
		elements := elementsOf(inner)
		if elements == nil {
			continue
		}
		for i := range elements {
			elements[i] = walk(nested.Block, elements[i], fmt.Sprintf("%s%s.%d.", at, name, i), f)
		}
		fields[name] = tftypes.NewValue(inner.Type(), elements)
	}
	return tftypes.NewValue(v.Type(), fields)
}

// fieldsOf returns the attributes of an object; nil for what is null, unknown or no object.
func fieldsOf(v tftypes.Value) map[string]tftypes.Value {
	var fields map[string]tftypes.Value
	if v.IsNull() || !v.IsKnown() || v.As(&fields) != nil {
		return nil
	}
	return fields
}

func elementsOf(v tftypes.Value) []tftypes.Value {
	var elements []tftypes.Value
	if v.IsNull() || !v.IsKnown() || v.As(&elements) != nil {
		return nil
	}
	return elements
}

// textOf returns a string that is known and there.
func textOf(v tftypes.Value) (string, bool) {
	var text string
	if v.Type() == nil || !v.Type().Is(tftypes.String) || v.IsNull() || !v.IsKnown() || v.As(&text) != nil {
		return "", false
	}
	return text, true
}

func isTrue(v tftypes.Value) bool {
	var yes bool
	return v.Type() != nil && v.Type().Is(tftypes.Bool) && !v.IsNull() && v.IsKnown() && v.As(&yes) == nil && yes
}

// given tells whether an argument or block has been written, known or not.
func given(v tftypes.Value) bool {
	if v.Type() == nil || v.IsNull() {
		return false
	}
	elements := elementsOf(v)
	return elements == nil || len(elements) > 0
}

// first returns the attributes of the first of the blocks of a name; nil when there is none.
func first(v tftypes.Value) map[string]tftypes.Value {
	elements := elementsOf(v)
	if len(elements) == 0 {
		return nil
	}
	return fieldsOf(elements[0])
}
