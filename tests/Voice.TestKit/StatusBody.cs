using System.Text.Json;

namespace Voice.TestKit;

/// <summary>What a status answer says.</summary>
internal static class StatusBody
{
    public static string Status(this JsonElement body) => body.GetProperty("status").GetString()!;

    public static string FailureCode(this JsonElement body) => body.GetProperty("failure").GetProperty("code").GetString()!;
}
