namespace Voice.Application.Events;

/// <summary>A back-end that is told of events.</summary>
/// <param name="Id">Names it.</param>
/// <param name="Url">Where events are posted.</param>
/// <param name="Events">Which.</param>
/// <param name="Description">What its operator says of it.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="DisabledAt">Since when nothing is sent to it; null: it is.</param>
/// <param name="DisabledReason">Why not.</param>
public sealed record EndpointBody(
    string Id, string Url, IReadOnlyList<string> Events, string? Description, DateTimeOffset CreatedAt, DateTimeOffset? DisabledAt,
    string? DisabledReason)
{
    internal static EndpointBody Of(WebhookEndpoint endpoint) => new(
        endpoint.EndpointId, endpoint.Url.AbsoluteUri, endpoint.Events, endpoint.Description, endpoint.CreatedAt, endpoint.DisabledAt,
        endpoint.DisabledReason);
}

/// <summary>A new endpoint and, this once, its secret.</summary>
/// <param name="Id">Names it.</param>
/// <param name="Secret">What its deliveries are signed with (Standard Webhooks); it is not shown again.</param>
/// <param name="Url">Where events are posted.</param>
/// <param name="Events">Which.</param>
/// <param name="Description">What its operator says of it.</param>
/// <param name="CreatedAt">When it was made.</param>
public sealed record NewEndpointBody(
    string Id, string Secret, string Url, IReadOnlyList<string> Events, string? Description, DateTimeOffset CreatedAt);
