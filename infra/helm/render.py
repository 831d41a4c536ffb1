"""Renders a chart for each object of values in a JSON array on standard input, with Helm's own engine.

Prints a JSON array: for each either {"manifests": {template: text}, "lint": [findings]} or {"error": message}.
"""

import json
import sys

import helm_python as helm


def render(chart, folder, values):
    try:
        chart.validate_schema(values)
        manifests = chart.render(values=values, name="leakwatch", namespace="watch")
        lint = helm.lint(folder, values, strict=True, namespace="watch")
    except helm.HelmError as error:
        return {"error": str(error)}
    return {"manifests": manifests, "lint": lint["errors"]}


folder = sys.argv[1]
with helm.Chart.load(folder) as chart:
    json.dump([render(chart, folder, values) for values in json.load(sys.stdin)], sys.stdout)
