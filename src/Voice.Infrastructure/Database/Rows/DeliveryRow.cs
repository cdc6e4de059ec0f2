using Voice.Application.Events;

namespace Voice.Infrastructure.Database.Rows;

/// <summary>A row of <c>event_deliveries</c>.</summary>
internal sealed class DeliveryRow
{
    public const string Columns = """
        place, endpoint_id, event_id, type, subject, contract_id, data, at, due_at, tries, version, tried_at, delivered_at, answer_status,
        answer
        """;

    /// <summary>What a try changes, with the columns' PostgreSQL types.</summary>
    public const string Outcome =
        "due_at bigint, tries integer, tried_at bigint, delivered_at bigint, answer_status integer, answer text";

    public DeliveryRow()
    {
    }

    public DeliveryRow(Delivery delivery)
    {
        Place = delivery.Place;
        Version = delivery.Version;
        DueAt = delivery.DueAt;
        Tries = delivery.Tries;
        TriedAt = delivery.TriedAt;
        DeliveredAt = delivery.DeliveredAt;
        AnswerStatus = delivery.Answer?.Status;
        Answer = delivery.Answer?.Words;
    }

    public long Place { get; init; }
    public string EndpointId { get; init; } = "";
    public string EventId { get; init; } = "";
    public string Type { get; init; } = "";
    public string Subject { get; init; } = "";
    public string? ContractId { get; init; }
    public string Data { get; init; } = "";
    public DateTimeOffset At { get; init; }
    public DateTimeOffset? DueAt { get; init; }
    public int Tries { get; init; }
    public int Version { get; init; }
    public DateTimeOffset? TriedAt { get; init; }
    public DateTimeOffset? DeliveredAt { get; init; }
    public int? AnswerStatus { get; init; }
    public string? Answer { get; init; }

    public Delivery ToDelivery() => new()
    {
        Place = Place,
        EndpointId = EndpointId,
        EventId = EventId,
        Type = Type,
        Subject = Subject,
        ContractId = ContractId,
        At = At,
        DueAt = DueAt,
        Tries = Tries,
        Version = Version,
        TriedAt = TriedAt,
        DeliveredAt = DeliveredAt,
        Answer = Answer is null ? null : new(AnswerStatus, Answer),
    };
}
