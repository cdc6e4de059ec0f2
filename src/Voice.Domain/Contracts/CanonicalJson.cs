using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Voice.Domain.Contracts;

/// <summary>JSON in the one form that everybody who hashes it gets: the JSON Canonicalization Scheme (RFC 8785).</summary>
public static class CanonicalJson
{
    /// <summary>The canonical text of a value.</summary>
    public static string Write(JsonNode? node)
    {
        var text = new StringBuilder();
        Write(text, node);
        return text.ToString();
    }

    private static void Write(StringBuilder text, JsonNode? node)
    {
        switch (node)
        {
            case null:
                text.Append("null");
                break;
            case JsonArray array:
                text.Append('[');
                for (var index = 0; index < array.Count; index++)
                {
                    if (index > 0) text.Append(',');
                    Write(text, array[index]);
                }
                text.Append(']');
                break;
            case JsonObject members:
                text.Append('{');
                var first = true;
                // By UTF-16 code units (RFC 8785, section 3.2.3), which is what ordinal comparison does.
                foreach (var (name, value) in members.OrderBy(member => member.Key, StringComparer.Ordinal))
                {
                    if (!first) text.Append(',');
                    first = false;
                    Write(text, name);
                    text.Append(':');
                    Write(text, value);
                }
                text.Append('}');
                break;
            default:
                var kind = node.GetValueKind();
                if (kind == JsonValueKind.String) Write(text, node.GetValue<string>());
                else if (kind == JsonValueKind.Number) text.Append(Number(double.Parse(node.ToJsonString(), CultureInfo.InvariantCulture)));
                else text.Append(kind == JsonValueKind.True ? "true" : "false");
                break;
        }
    }

    private static void Write(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var character in value)
            text.Append(character switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\b' => "\\b",
                '\f' => "\\f",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                < ' ' => $"\\u{(int)character:x4}",
                _ => character.ToString(),
            });
        text.Append('"');
    }

    /// <summary>A number as ECMAScript writes it (RFC 8785, section 3.2.2.3): the shortest digits that lead back to it.</summary>
    internal static string Number(double value)
    {
        if (value == 0) return "0";
        var sign = value < 0 ? "-" : "";
        var parts = value.ToString("R", CultureInfo.InvariantCulture).TrimStart('-').Split('E');
        var whole = parts[0].Split('.')[0];
        var fraction = parts[0].Contains('.', StringComparison.Ordinal) ? parts[0].Split('.')[1] : "";
        var digits = (whole + fraction).TrimStart('0').TrimEnd('0');
        // Where the first digit stands: 0 for ones, -1 for tenths.
        var exponent = (parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0)
            + (whole == "0" ? -(fraction.Length - fraction.TrimStart('0').Length) - 1 : whole.Length - 1);
        return exponent switch
        {
            < -6 or >= 21 =>
                $"{sign}{digits[0]}{(digits.Length > 1 ? "." + digits[1..] : "")}e{(exponent < 0 ? "-" : "+")}{Math.Abs(exponent)}",
            < 0 => $"{sign}0.{new string('0', -exponent - 1)}{digits}",
            _ when digits.Length <= exponent + 1 => sign + digits.PadRight(exponent + 1, '0'),
            _ => $"{sign}{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}",
        };
    }
}
