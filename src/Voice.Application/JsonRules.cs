using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Voice.Application.Recordings;

namespace Voice.Application;

/// <summary>JSON as the API writes and reads it: snake_case, times to the millisecond, nothing read twice or by guess.</summary>
public static class JsonRules
{
    /// <summary>Options that follow the rules.</summary>
    public static JsonSerializerOptions Options { get; } = Apply(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    /// <summary>Makes options follow the rules.</summary>
    public static JsonSerializerOptions Apply(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        // + stays + in phone numbers; the answers are application/json, never part of a page.
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.PropertyNameCaseInsensitive = false;
        options.AllowDuplicateProperties = false;
        options.MaxDepth = 16;
        options.TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutNoFailure } };
        options.Converters.Add(new MillisecondsConverter());
        return options;
    }

    // Of all members this alone is absent, not null, where there is none.
    private static void LeaveOutNoFailure(JsonTypeInfo type)
    {
        foreach (var failure in type.Properties.Where(property => property.PropertyType == typeof(FailureBody)))
            failure.ShouldSerialize = (_, value) => value is not null;
    }
}
