using MediatR;
using Microsoft.AspNetCore.Mvc;
using Voice.Api.Security;
using Voice.Application.Access;

namespace Voice.Api.Controllers;

/// <summary>Read tokens: the right to read one thing, for those who have no key.</summary>
[ApiController]
[RequireApiKey(Scope.Read)]
[Route("/api/v1/tokens")]
[Produces("application/json")]
public sealed class TokensController(IMediator mediator) : ControllerBase
{
    /// <summary>Issue a read token</summary>
    /// <remarks>
    /// Good for reading one recording (status, events, timeline) or one contract (itself, its page, its canonical form, its audio): as
    /// ?token= in the address, so that a browser needs no key and a link can be sent. It ends by itself and cannot be taken back.
    /// </remarks>
    /// <param name="request">What it is for, and for how long.</param>
    /// <param name="cancellationToken">The caller hung up.</param>
    [HttpPost]
    [Consumes("application/json")]
    public Task<IssuedReadToken> IssueToken(IssueReadToken request, CancellationToken cancellationToken) =>
        mediator.Send(request, cancellationToken);
}
