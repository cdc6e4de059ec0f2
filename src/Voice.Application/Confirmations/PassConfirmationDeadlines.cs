using MediatR;

namespace Voice.Application.Confirmations;

/// <summary>
/// Stores of contracts that nobody confirmed in time that they are expired, so that they are found by it. Who reads one is told so from the
/// last moment on, with or without this. Safe on any number of instances at once.
/// </summary>
public sealed record PassConfirmationDeadlines : IRequest;

internal sealed class PassConfirmationDeadlinesHandler(IAgreementRepository agreements, TimeProvider clock)
    : AsyncRequestHandler<PassConfirmationDeadlines>
{
    private const int BatchSize = 100;

    protected override async Task Handle(PassConfirmationDeadlines request, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> overdue;
        do
        {
            var now = clock.GetUtcMilliseconds();
            overdue = await agreements.FindOverdueAsync(now, BatchSize, cancellationToken);
            foreach (var contractId in overdue)
                await agreements.ChangeAsync(contractId, now, _ => { }, cancellationToken);
        }
        while (overdue.Count == BatchSize);
    }
}
