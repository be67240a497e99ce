pragma circom 2.2.0;

// A layout says how a list of values becomes a list of field elements. Row s = [values, perElement, bits, bias]: the next
// `values` values, `perElement` of them in one element, value i at bit i·bits, `bias` added to each. A row with
// bits = 0 and perElement = 2 is an element that is the sum of two values.
//
// Templates that consume packed lists take the values and a layout, and form each element as a linear form inside:
// a signal for the element would cost a constraint.

/** Width of a row of a layout. */
function LAYOUT_COLUMNS() {
    return 4;
}

/** How many values a layout reads. */
function layoutValues(rows, layout) {
    var values = 0;
    for (var s = 0; s < rows; s++) {
        values += layout[s][0];
    }
    return values;
}

/** How many field elements a layout makes. */
function layoutElements(rows, layout) {
    var elements = 0;
    for (var s = 0; s < rows; s++) {
        elements += (layout[s][0] + layout[s][1] - 1) \ layout[s][1];
    }
    return elements;
}

/**
 * Element e of a layout as [values, bits, bias]: the last element of a row may hold fewer values than the others.
 */
function layoutElement(rows, layout, e) {
    var first = 0;
    for (var s = 0; s < rows; s++) {
        var elements = (layout[s][0] + layout[s][1] - 1) \ layout[s][1];
        if (e >= first && e < first + elements) {
            var values = layout[s][0] - (e - first) * layout[s][1];
            if (values > layout[s][1]) {
                values = layout[s][1];
            }
            return [values, layout[s][2], layout[s][3]];
        }
        first += elements;
    }
    return [0, 0, 0];
}
