using Microsoft.OpenApi;
using Voice.Api.Security;

namespace Voice.Api.OpenApi;

/// <summary>The ways to be let in, by their names in the document.</summary>
internal static class SecuritySchemes
{
    public const string ApiKey = "ApiKey";
    public const string ReadToken = "ReadToken";
    public const string WebhookSecret = "WebhookSecret";

    public static IEnumerable<(string Name, OpenApiSecurityScheme Scheme)> All { get; } =
    [
        (ApiKey, new()
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "A key made with voice keys new, or one of Auth:ApiKeys. Not needed while there is none (Development only).",
        }),
        (ReadToken, InQuery("What POST /api/v1/tokens gave for this recording or contract.")),
        (WebhookSecret, InQuery("One of Webhook:Secrets; it may stand in the path instead. Not needed where none is set.")),
    ];

    private static OpenApiSecurityScheme InQuery(string description) => new()
    {
        Type = SecuritySchemeType.ApiKey,
        In = ParameterLocation.Query,
        Name = ReadableByTokenAttribute.Member,
        Description = description,
    };
}
