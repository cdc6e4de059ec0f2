namespace Voice.Application.Webhooks;

/// <summary>Where others find this service; known once it listens.</summary>
public interface IOwnAddress
{
    /// <summary>The base address on this machine, without a slash at its end.</summary>
    /// <exception cref="InvalidOperationException">The service does not listen yet.</exception>
    string Base { get; }

    /// <summary>The base address as others are told it, without a slash at its end.</summary>
    /// <exception cref="InvalidOperationException">The service does not listen yet.</exception>
    string Shown { get; }

    /// <summary>Where a provider on this machine posts its callbacks, with a secret where one is asked for.</summary>
    /// <exception cref="InvalidOperationException">The service does not listen yet.</exception>
    string Callback { get; }
}
