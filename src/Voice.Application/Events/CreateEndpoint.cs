using FluentValidation;
using MediatR;

namespace Voice.Application.Events;

/// <summary>Tell a back-end of events from now on.</summary>
public sealed record CreateEndpoint : IRequest<NewEndpointBody>
{
    /// <summary>Where to post them: an absolute https address.</summary>
    public string? Url { get; init; }

    /// <summary>Which: single types, or recording.* and contract.*; all when null.</summary>
    public IReadOnlyList<string?>? Events { get; init; }

    /// <summary>For people, at most 200 characters.</summary>
    public string? Description { get; init; }
}

internal sealed class CreateEndpointValidator : AbstractValidator<CreateEndpoint>
{
    private const int LongestUrl = 2000;
    private const int LongestDescription = 200;

    public CreateEndpointValidator(IEventSender sender)
    {
        RuleFor(request => request.Url).Cascade(CascadeMode.Stop)
            .Must(url => url is { Length: <= LongestUrl } && Uri.TryCreate(url, UriKind.Absolute, out _))
            .WithMessage($"Give an absolute address of at most {LongestUrl} characters, such as https://shop.example/voice-events.")
            .Must(url => sender.Refuse(new Uri(url!)) is null).WithMessage(request => sender.Refuse(new Uri(request.Url!)));
        RuleFor(request => request.Events).Must(events => events is null or { Count: > 0 })
            .WithMessage("Name at least one event, or leave events out for all.");
        RuleForEach(request => request.Events).Must(name => name is not null && EventTypes.Filters.Contains(name))
            .WithMessage($"An event must be one of: {string.Join(", ", EventTypes.Filters)}.");
        RuleFor(request => request.Description).MustBeLine("description", LongestDescription);
    }
}

internal sealed class CreateEndpointHandler(IEndpointRepository endpoints, Limits limits, TimeProvider clock)
    : IRequestHandler<CreateEndpoint, NewEndpointBody>
{
    /// <exception cref="TooManyException">There are as many as there may be.</exception>
    public async Task<NewEndpointBody> Handle(CreateEndpoint request, CancellationToken cancellationToken)
    {
        var events = request.Events ?? [.. EventTypes.All.Select(EventTypes.FamilyOf)];
        var endpoint = WebhookEndpoint.New(
            new Uri(request.Url!), [.. events.Select(name => name!).Distinct()], LineRule.Given(request.Description),
            clock.GetUtcMilliseconds());
        if (!await endpoints.AddAsync(endpoint, limits.Endpoints, cancellationToken))
            throw new TooManyException($"There are {limits.Endpoints} webhook endpoints. Delete one first.");
        var body = EndpointBody.Of(endpoint);
        return new(body.Id, endpoint.ShownSecret, body.Url, body.Events, body.Description, body.CreatedAt);
    }
}
