using Voice.Application.Access;

namespace Voice.Api.Security;

/// <summary>Marks what only callers may use whose key has that scope. An action's own mark counts before its controller's.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class RequireApiKeyAttribute(Scope scope) : Attribute
{
    public Scope Scope { get; } = scope;
}

/// <summary>Marks what can also be read without a key, with a read token for the thing that the route names.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ReadableByTokenAttribute(Readable kind, string idParameter) : Attribute
{
    /// <summary>The query member that the token stands in.</summary>
    public const string Member = "token";

    public Readable Kind { get; } = kind;

    public string IdParameter { get; } = idParameter;
}
