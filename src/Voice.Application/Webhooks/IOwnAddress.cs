namespace Voice.Application.Webhooks;

/// <summary>Where others find this service; known once it listens.</summary>
public interface IOwnAddress
{
    /// <summary>The base address on this machine, without a slash at its end.</summary>
    /// <exception cref="InvalidOperationException">The service does not listen yet.</exception>
    string Base { get; }

    /// <summary>
    /// Where the provider posts its callbacks, with a secret where one is asked for: what one would enter in its dashboard.
    /// </summary>
    /// <exception cref="InvalidOperationException">The service does not listen yet.</exception>
    string Callback { get; }
}
